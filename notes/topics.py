"""Linking a note to its topics and to the people it names."""

from __future__ import annotations

from accounts.models import User
from notes import parsing
from notes.models import Note, Topic
from notes.telling import tell_mentioned
from notes.words import Words


def topics_of(words: Words) -> list[Topic]:
    """The topics these words name, made where they are new."""
    names = {parsing.fold_topic(title): title for title in words.topics()}
    Topic.objects.bulk_create(
        [Topic(name=name, title=title) for name, title in sorted(names.items())],
        ignore_conflicts=True,
    )
    return list(Topic.objects.filter(name__in=names))


def mentioned_in(words: Words) -> list[User]:
    return list(User.objects.filter(username__in=words.mentions()))


def link(note: Note, words: Words) -> None:
    """Let the note be found under its topics, and name its people, who are told once."""
    note.topics.set(topics_of(words))
    before = set(note.mentions.values_list("pk", flat=True))
    note.mentions.set(mentioned_in(words))
    tell_mentioned(note, before)
