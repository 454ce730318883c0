"""Pages of search: what was found, suggestions while typing, one's own history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Language, User
from accounts.requests import PersonRequest, page_or_part, signed_in
from accounts.words import whole_number
from feeds.cards import cards_of
from feeds.cursors import BadCursorError
from feeds.interests import talked_about_in_pictures, trending
from feeds.pages import PAGE
from feeds.search import actions, results
from feeds.search.finding import FINDERS, PERIODS, Question, note_ids, translated
from feeds.search.models import Asked
from feeds.search.paging import page_of
from feeds.search.suggesting import suggestions
from notes.models import Topic

HISTORY = 12


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found of one kind; without words, what one asked before and what is talked about."""
    kind = request.GET.get("type", "")
    kind = kind if kind in FINDERS else "notes"
    question = _question(request.GET)
    context: dict[str, Any] = {"question": question, "kind": kind, "tabs": _tabs(question)}
    if not question.text:
        return render(request, "feeds/search.html", context | _beginning(request))
    cursor = request.GET.get("cursor", "")
    try:
        ids, next_cursor = page_of(kind, question, request.user, cursor, PAGE)
    except BadCursorError as error:
        raise BadRequest("cursor") from error
    if isinstance(request.user, User) and not cursor:
        actions.remember_search(request.user, question.text)
    context |= _found(request, kind, question, ids)
    if not (ids or cursor):
        context |= _instead(request, kind, question)
    more = _query(question) | {"type": kind, "cursor": next_cursor}
    context["next_url"] = f"{request.path}?{urlencode(more)}" if next_cursor else ""
    return page_or_part(request, "feeds/search.html", "feeds/_waterfall.html", context)


def _question(given: Mapping[str, str]) -> Question:
    """Filters that are no choice are left out: a page refuses nobody."""
    language, period = given.get("language", ""), given.get("period", "")
    return Question.of(
        given.get("q", ""),
        language if language in Language.values else "",
        given.get("topic", ""),
        period if period in PERIODS else "",
    )


def _query(question: Question, **changed: str) -> dict[str, str]:
    """What of a question stands in an address."""
    asked = {
        "q": question.text,
        "language": question.language,
        "topic": question.topic,
        "period": question.period,
    }
    return {name: value for name, value in (asked | changed).items() if value}


def _tabs(question: Question) -> list[tuple[str, str, str]]:
    """(kind, its name, the same question about it)."""
    names = {
        "notes": _("Notes"),
        "users": _("People"),
        "topics": _("Topics"),
        "boards": _("Boards"),
    }
    return [
        (kind, name, urlencode(_query(question, type=kind if kind != "notes" else "")))
        for kind, name in names.items()
    ]


def _found(request: HttpRequest, kind: str, question: Question, ids: list[int]) -> dict[str, Any]:
    if kind == "users":
        return {"people": results.people(ids, request.user)}
    if kind == "topics":
        return {"topics": results.topics(ids, request.user)}
    if kind == "boards":
        return {"boards": results.boards(ids, request.user)}
    said = format_html('<span class="card__said">{}</span>', _("Matched in translation"))
    across = dict.fromkeys(translated(ids, question.query()), str(said))
    rows = results.note_rows(ids, request.user)
    return {
        "cards": cards_of(rows, request.user.is_authenticated, across),
        "languages": _choices(question, "language", [("", _("All")), *Language.choices]),
        "periods": _choices(question, "period", _period_names()),
        "topic": Topic.objects.filter(name=question.topic).first() if question.topic else None,
        "without_topic": urlencode(_query(question, topic="")),
    }


def _period_names() -> list[tuple[str, str]]:
    return [
        ("", _("Any time")),
        ("day", _("Today")),
        ("week", _("This week")),
        ("month", _("This month")),
        ("year", _("This year")),
    ]


def _choices(
    question: Question, name: str, choices: list[tuple[str, str]]
) -> list[tuple[str, str, bool]]:
    """(name, the same question with it, whether it is chosen)."""
    chosen = getattr(question, name)
    return [
        (label, urlencode(_query(question, **{name: value})), value == chosen)
        for value, label in choices
    ]


def _beginning(request: HttpRequest) -> dict[str, Any]:
    """Before anything is asked."""
    context: dict[str, Any] = {"trending": talked_about_in_pictures(request.user)}
    if isinstance(request.user, User):
        context["history"] = Asked.objects.by(request.user).latest_first()[:HISTORY]
    return context


def _instead(request: HttpRequest, kind: str, question: Question) -> dict[str, Any]:
    """Ways on from a question without answer: the other language, fewer filters, near names."""
    near = suggestions(question.text, request.user)
    # What was asked just now may be remembered already.
    asked = {"history", "query"}
    new = [one for one in near if one.kind not in asked or one.text != question.text]
    ways: dict[str, Any] = {"near": new[:HISTORY]}
    if kind != "notes":
        return ways
    other = {"zh": "en", "en": "zh"}.get(question.language, "")
    elsewhere = {
        "other": replace(question, language=other),
        "wider": Question(question.text),
    }
    for name, wanted in elsewhere.items():
        if wanted != question and note_ids(wanted, request.user):
            ways[name] = urlencode(_query(wanted))
    return ways | {"other_language": other, "trending": trending()}


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The choices of a search box, as a part of a page."""
    found = suggestions(request.GET.get("q", ""), request.user)
    response = render(request, "feeds/_suggestions.html", {"suggestions": found})
    response["Cache-Control"] = "private, max-age=30"
    return response


@signed_in
@require_POST
def history(request: PersonRequest) -> HttpResponse:
    """Forget one thing that one asked for; all of it only where none is named."""
    named = request.POST.get("search")
    if named is None:
        actions.forget_searches(request.user)
    elif (pk := whole_number(named)) is not None:
        actions.forget_search(request.user, pk)
    return redirect("search")
