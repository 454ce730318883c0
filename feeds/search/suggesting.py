"""Suggestions while somebody types: topics, people, what many ask, what they asked before."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User, Viewer
from feeds.search.finding import Question, people_found, topics_found
from feeds.search.models import Asked, PopularQuery
from feeds.search.text import fold

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
    found = [*_history(viewer, text, OF_EACH), *_popular(question)]
    asked = {fold(suggestion.text): suggestion for suggestion in reversed(found)}
    return [
        *reversed(list(asked.values())[-OF_EACH:]),
        *_topics(question, viewer),
        *_people(question, viewer),
    ]


def _query(kind: str, text: str) -> Suggestion:
    return Suggestion(kind, text, f"{reverse('search')}?{urlencode({'q': text})}")


def _history(viewer: Viewer, text: str, most: int) -> list[Suggestion]:
    if not isinstance(viewer, User):
        return []
    mine = Asked.objects.by(viewer).filter(folded__contains=fold(text)[:100].strip())
    return [_query("history", asked.text) for asked in mine.latest_first()[:most]]


def _popular(question: Question) -> list[Suggestion]:
    query = question.query()
    if not query:
        return []
    found = PopularQuery.objects.holding(query.beginning()).order_by("-people", "pk")
    return [_query("query", text) for text in found.values_list("text", flat=True)[:OF_EACH]]


def _topics(question: Question, viewer: Viewer) -> list[Suggestion]:
    found = topics_found(question, viewer, OF_EACH)
    return [Suggestion("topic", topic.title, topic.get_absolute_url()) for topic in found]


def _people(question: Question, viewer: Viewer) -> list[Suggestion]:
    found = people_found(question, viewer, OF_EACH)
    return [Suggestion("user", p.name, p.get_absolute_url(), p.username) for p in found]
