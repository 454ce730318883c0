"""Answers to a question: notes under its topics, a Chinese one beside an English one."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from django.core.cache import caches
from django.utils.translation import get_language

from accounts.models import Language
from feeds.exchange.models import Prompt
from feeds.fragments import Row, recommendable_rows
from notes.models import Note, Viewer
from notes.translation.texts import readers_language

MOST_PAIRS = 12
ONE_MINUTE = 60
# Looked at for each language: some of them a reader may not see.
CANDIDATES = 60


class Answers(NamedTuple):
    """Chinese and English in turn, pair by pair; then those that have no counterpart yet."""

    paired: list[Row]
    alone: list[Row]


def answers_to(prompt: Prompt, viewer: Viewer) -> Answers:
    """What this reader may be shown, the most liked first."""
    sides = [_rows(prompt, language, viewer) for language in (Language.CHINESE, Language.ENGLISH)]
    count = min(MOST_PAIRS, *map(len, sides))
    paired = chain.from_iterable(zip(sides[0][:count], sides[1][:count], strict=True))
    alone = [] if count == MOST_PAIRS else sides[0][count:] + sides[1][count:]
    return Answers(list(paired), alone[:MOST_PAIRS])


def _rows(prompt: Prompt, language: str, viewer: Viewer) -> list[Row]:
    notes = Note.objects.recommendable().published().filter(language=language)
    about = notes.filter(topics__name__in=prompt.topics).distinct()
    ids = about.order_by("-like_count", "-pk").values_list("pk", flat=True)[:CANDIDATES]
    return recommendable_rows(list(ids), viewer)


def present_question() -> str:
    """The question of this week for this reader, or ""; asked for once a minute and process."""
    drawn = caches["drawn"]
    found: dict[str, str] | None = drawn.get("question")
    if found is None:
        prompt = Prompt.objects.open().first()
        found = {each: prompt.question(each) for each in Language} if prompt else {}
        drawn.set("question", found, ONE_MINUTE)
    return found.get(readers_language(get_language()), "")
