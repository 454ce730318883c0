"""Telling people what was done with what they wrote, and that they are named."""

from __future__ import annotations

from accounts.actions import notify
from accounts.models import Kind, User
from notes import parsing
from notes.models import Comment, Note


def tell_of_like(note: Note, user: User) -> None:
    notify(note.author, Kind.LIKE, user, note_id=note.pk)


def tell_of_save(note: Note, user: User) -> None:
    notify(note.author, Kind.SAVE, user, note_id=note.pk)


def tell_of_time(note: Note) -> None:
    """Tell an author that a note was sent at its time; shown once others can read it."""
    notify(note.author, Kind.SCHEDULED, note_id=note.pk)


def tell_of_comment(comment: Comment) -> None:
    """Tell whom it answers, the note's author, and who is named; each of them once."""
    note, parent = comment.note, comment.parent
    told = {comment.author_id}
    if parent:
        told.add(parent.author_id)
        _tell(parent.author, Kind.REPLY, comment)
    if note.author_id not in told:
        told.add(note.author_id)
        _tell(note.author, Kind.COMMENT, comment)
    names = parsing.find_mentions(comment.body)
    named = User.objects.visible(comment.author).filter(username__in=names)
    for person in named.exclude(pk__in=told).order_by("pk"):
        _tell(person, Kind.MENTION, comment)


def tell_mentioned(note: Note, besides: set[int]) -> None:
    """Tell whom a note names now. Whoever may not see it does not get to read of it."""
    for person in note.mentions.exclude(pk__in=besides).order_by("pk"):
        notify(person, Kind.MENTION, note.author, note_id=note.pk)


def _tell(person: User, kind: Kind, comment: Comment) -> None:
    notify(person, kind, comment.author, note_id=comment.note_id, comment_id=comment.pk)
