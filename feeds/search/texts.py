"""What things say, in the parts that search weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accounts.models import User
from feeds.search.vectors import TITLE, TRANSLATED, WORDS, Part
from notes.models import Board, Note, Topic


def parts_of_note(note: Note, translations: Iterable[str]) -> list[Part]:
    """A note with its topics and images at hand; its second part translates the first."""
    topics = " ".join(topic.title for topic in note.topics.all())
    alts = " ".join(image.alt for image in note.images.all())
    own = [Part(note.title, TITLE), *(Part(t) for t in (note.body, topics, note.place, alts))]
    others = (note.second_title, note.second_body, *translations)
    return [part for part in (*own, *(Part(t, TRANSLATED) for t in others)) if part.text]


def translations_of(notes: Iterable[Note]) -> Mapping[int, list[str]]:
    """What is known of notes in other languages beside their own second part, by their ids."""
    return {}


def parts_of_person(person: User) -> list[Part]:
    names = [Part(person.username, TITLE, is_name=True)]
    return [*names, Part(person.display_name, TITLE, is_name=True), Part(person.bio, WORDS)]


def parts_of_topic(topic: Topic) -> list[Part]:
    return [Part(topic.title, TITLE, is_name=True)]


def parts_of_board(board: Board) -> list[Part]:
    return [Part(board.name, TITLE, is_name=True)]


def parts_of_query(text: str) -> list[Part]:
    return [Part(text, TITLE, is_name=True)]
