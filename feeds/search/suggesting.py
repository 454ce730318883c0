"""Suggestions while somebody types: topics, people, what many ask, what they asked before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User, Viewer
from accounts.prepared import Prepared, marker
from feeds.search.finding import Question, people_named, topics_named
from feeds.search.models import Asked, PopularQuery
from feeds.search.text import fold
from notes.models import Topic

OF_EACH = 4
OF_HISTORY = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is topic, user, query or history; `detail` a handle, or ""."""

    kind: str
    text: str
    url: str
    detail: str = ""


def suggestions(text: str, viewer: Viewer) -> list[Suggestion]:
    """What somebody may mean who typed this far; what they asked lately when it is nothing."""
    question = Question.of(text)
    if not question.text:
        return _history(viewer, "", OF_HISTORY)
    query = question.query()
    named = (query.beginning(), question.text.lower(), viewer.pk) if query else None
    popular = _prepared("popular", True).rows(named[0]) if named else []
    found = [*_history(viewer, text, OF_EACH), *(_query("query", asked) for (asked,) in popular)]
    asked = {fold(suggestion.text): suggestion for suggestion in reversed(found)}
    mine = [*reversed(list(asked.values())[-OF_EACH:])]
    return [*mine, *(_things(*named) if named else ())]


def _things(begun: str, exact: str, viewer: int | None) -> Iterator[Suggestion]:
    """Topics and people by a beginning, or by their whole name."""
    for name, title in _prepared("topics", viewer is None).rows(begun, exact, viewer):
        yield Suggestion("topic", title, Topic(name=name).get_absolute_url())
    for handle, name in _prepared("people", viewer is None).rows(begun, exact, viewer):
        person = User(username=handle, display_name=name)
        yield Suggestion("user", person.name, person.get_absolute_url(), handle)


@cache
def _prepared(what: str, anonymous: bool) -> Prepared:
    viewer = AnonymousUser() if anonymous else User(pk=marker(2))
    begun, exact = str(marker(0)), str(marker(1))

    def popular() -> QuerySet[Any, Any]:
        known = PopularQuery.objects.holding(begun).order_by("-people", "pk")
        return known.values_list("text")[:OF_EACH]

    def topics() -> QuerySet[Any, Any]:
        return topics_named(begun, exact, viewer, OF_EACH).values_list("name", "title")

    def people() -> QuerySet[Any, Any]:
        found = people_named(begun, exact, viewer, OF_EACH)
        return found.values_list("username", "display_name")

    return Prepared({"popular": popular, "topics": topics, "people": people}[what])


def _query(kind: str, text: str) -> Suggestion:
    return Suggestion(kind, text, f"{reverse('search')}?{urlencode({'q': text})}")


def _history(viewer: Viewer, text: str, most: int) -> list[Suggestion]:
    if not isinstance(viewer, User):
        return []
    mine = Asked.objects.by(viewer).filter(folded__contains=fold(text)[:100].strip())
    return [_query("history", asked.text) for asked in mine.latest_first()[:most]]
