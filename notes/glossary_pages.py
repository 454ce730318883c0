"""Pages of the glossary: all of it, one word, offering one."""

from __future__ import annotations

import re
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import attempt
from accounts.requests import PersonRequest, page_or_part, signed_in
from accounts.words import folded
from notes import actions
from notes.forms import TermForm
from notes.models import Term
from notes.translation.texts import readers_language

LONGEST_QUERY = 60


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word, those of the other language first; or those that fit a question."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    language = readers_language(get_language())
    terms = Term.objects.current().like(asked) if asked else Term.objects.current()
    told = [(term, term.explanation(language)) for term in terms.order_by("name")]
    theirs = [pair for pair in told if pair[0].language != language]
    ours = [pair for pair in told if pair[0].language == language]
    context = {"asked": asked, "parts": [part for part in (theirs, ours) if part]}
    return render(request, "notes/glossary.html", context)


@require_safe
def term(request: HttpRequest, name: str) -> HttpResponse:
    """What a word means; for htmx the card alone."""
    found = get_object_or_404(Term.objects.current(), name=folded(name.replace("\0", "/")))
    context = {"term": found, "text": found.explanation(readers_language(get_language()))}
    return page_or_part(request, "notes/term.html", "notes/_term.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: PersonRequest) -> HttpResponse:
    """Offer a word, or explain one better."""
    known = Term.objects.current().filter(name=folded(request.GET.get("word", "")[:60])).first()
    form = TermForm(request.POST or None, initial=initial_of(known))
    if form.is_valid():
        said = form.cleaned_data | {"spellings": _cut(form.cleaned_data["spellings"])}
        if attempt(form, partial(actions.offer_term, request.user, **said)):
            messages.success(request, _("Thank you. A moderator will read it."))
            return redirect("glossary")
    return render(request, "notes/term_offer.html", {"form": form, "known": known})


def initial_of(known: Term | None) -> dict[str, str]:
    if known is None:
        return {}
    names = ("word", "language", "reading", "means", "text_en", "text_zh")
    fields = {name: getattr(known, name) for name in names}
    return fields | {"spellings": ", ".join(known.spellings)}


def _cut(spellings: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,，、]", spellings) if each.strip()]
