"""Pages of translations: in place for htmx, side by side without it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import attempt
from accounts.limits import buckets_for
from accounts.models import Language, User
from accounts.requests import PersonRequest, page_or_part, signed_in
from notes import actions
from notes.contents import Content, find_content, page_of_content
from notes.forms import WordingForm
from notes.models import Note, Topic, Translation
from notes.translation.looking import WHY_NOT, Found
from notes.translation.shown import shown_translation
from notes.translation.texts import author_of, readers_language, text_of
from notes.translation.wordings import decides, find_wording, readable_wordings


@require_safe
def translation(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """What something says in the reader's language; for htmx the words alone."""
    content = find_content(request.user, kind, name)
    language = asked_language(request)
    buckets = buckets_for(request, "translation", settings.RATE_TRANSLATIONS)
    try:
        found = actions.translation_for(request.user, content, language, buckets)
    except actions.TooManyTranslationsError as error:
        response = render(request, "429.html", {"wait": error.wait}, status=429)
        response["Retry-After"] = str(error.wait)
        return response
    context = context_of(kind, content, language) | told(found)
    return page_or_part(request, "notes/translation.html", "notes/_translation.html", context)


def asked_language(request: HttpRequest) -> str:
    """The language that is asked for, else the reader's."""
    asked = request.GET.get("to", "")
    return asked if asked in Language.values else readers_language(get_language())


def context_of(kind: str, content: Content, language: str) -> dict[str, object]:
    """What every page of a translation shows of the text itself."""
    note = content if isinstance(content, Note) else None
    return {
        "kind": kind,
        "name": content.username if isinstance(content, User) else content.pk,
        "content": content,
        "author": author_of(content),
        "text": text_of(content),
        "language": language,
        "back": page_of_content(content),
        "topics": note.topics.all() if note else Topic.objects.none(),
        "mentions": note.mentions.all() if note else [],
    }


def told(found: Found) -> dict[str, object]:
    """The words, or why there are none."""
    return {"stage": found.stage, "shown": found.shown, "why_not": WHY_NOT.get(found.stage)}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: PersonRequest, kind: str, name: str) -> HttpResponse:
    """Offer better words, and see what was offered before."""
    content, language = find_content(request.user, kind, name), asked_language(request)
    text, shown = text_of(content), shown_translation(content, language, request.user)
    fields = {"has_title": bool(text.title), "has_body": bool(text.body)}
    initial = {"title": shown.title, "body": shown.body} if shown else {}
    form = WordingForm(request.POST or None, initial=initial, **fields)
    if form.is_valid():
        said = form.cleaned_data
        offer = partial(actions.offer_wording, request.user, content, language, **said)
        if attempt(form, offer):
            messages.success(request, _("Thank you. The author can take your words now."))
            return redirect(request.get_full_path())
    context = context_of(kind, content, language) | {
        "form": form,
        "wordings": readable_wordings(request.user, content, language),
        "decides": decides(request.user, content),
    }
    return render(request, "notes/wording.html", context)


@signed_in
@require_POST
def acceptance(request: PersonRequest, pk: int) -> HttpResponse:
    """Take somebody's words, or do without them."""
    found = find_wording(request.user, pk)
    undo = bool(request.POST.get("undo"))
    try:
        (actions.refuse_wording if undo else actions.accept_wording)(found, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back.") if undo else _("These words are shown now."))
    place = context_of_row(found.translation)
    return redirect(f"{reverse('wording', args=place)}?to={found.translation.language}")


def context_of_row(row: Translation) -> tuple[str, str]:
    """Kind and name of what a translation is of."""
    if row.person:
        return "user", row.person.username
    return ("comment", str(row.comment_id)) if row.comment_id else ("note", str(row.note_id))
