"""Pages of translations: in place for htmx, side by side without it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.limits import buckets_for
from accounts.models import Language, User
from accounts.requests import page_or_part
from notes import actions
from notes.contents import Content, find_content, page_of_content
from notes.models import Note, Topic
from notes.translation.looking import WHY_NOT, Found
from notes.translation.texts import author_of, readers_language, text_of


@require_safe
def translation(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """What something says in the reader's language; for htmx the words alone."""
    content = find_content(request.user, kind, name)
    language = asked_language(request)
    buckets = buckets_for(request, "translation", settings.RATE_TRANSLATIONS)
    try:
        found = actions.translation_for(content, language, buckets)
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
