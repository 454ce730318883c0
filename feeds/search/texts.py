"""What things say, in the parts that search weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from feeds.search.vectors import TITLE, TRANSLATED, WORDS, Part
from notes.models import Board, Note, Topic
from notes.translation.shown import shown_of_notes


def parts_of_note(note: Any, translations: Iterable[str]) -> list[Part]:
    """What a note says, with its `topic_titles` and `alts`, and what it says elsewhere."""
    topics, alts = " ".join(note.topic_titles), " ".join(note.alts)
    own = [Part(note.title, TITLE), *(Part(t) for t in (note.body, topics, note.place, alts))]
    return [part for part in (*own, *(Part(t, TRANSLATED) for t in translations)) if part.text]


def translations_of(notes: Sequence[Note]) -> dict[int, list[str]]:
    """What notes say in other languages, by their ids: in the words of their authors, of readers
    or of machines, as far as everybody may read these."""
    shown = shown_of_notes(notes)
    return {pk: [f"{s.title}\n{s.body}" for s in there] for pk, there in shown.items()}


def parts_of_person(person: User) -> list[Part]:
    names = [Part(person.username, TITLE, is_name=True)]
    return [*names, Part(person.display_name, TITLE, is_name=True), Part(person.bio, WORDS)]


def parts_of_topic(topic: Topic) -> list[Part]:
    return [Part(topic.title, TITLE, is_name=True)]


def parts_of_board(board: Board) -> list[Part]:
    return [Part(board.name, TITLE, is_name=True)]


def parts_of_query(text: str) -> list[Part]:
    return [Part(text, TITLE, is_name=True)]
