"""What happens to the notes of the demo later: edits, pins, boards, hearts on comments."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from feeds.demo import content
from feeds.demo.settle import settle
from feeds.models import Prompt
from moderation.models import VISIBLE_STATES
from notes.actions import change_note, create_board, like_comment, pin_comment, save_note
from notes.editing import settle_edits
from notes.models import Comment, Note

IN_A_BOARD = 9
SHARE_OF_HEARTS = 0.12


def go_on(users: Mapping[str, User], rng: random.Random) -> None:
    """Let the people of the demo go on with their notes, through the real actions."""
    notes = Note.objects.filter(author__in=users.values(), case__state__in=VISIBLE_STATES)
    by_title = {note.title: note for note in notes.select_related("author", "case")}
    for title, words in content.afterwords().items():
        if note := by_title.get(title):
            change_note(note, note.author, body=f"{note.body}\n\n{words}")
    for title in content.pinned():
        if note := by_title.get(title):
            _pin(note)
    for shelf in content.shelves():
        if owner := users.get(shelf.owner):
            _fill(owner, shelf)
    _ask()
    settle()
    settle_edits()
    _give_hearts(list(users.values()), rng)


def _ask() -> None:
    """Questions for the weeks around this one, unless somebody asks already."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for row in content.prompts():
        question = {"question_en": row["en"], "question_zh": row["zh"]}
        topics = {"topic_en": row["topic_en"], "topic_zh": row["topic_zh"]}
        week = monday + timedelta(weeks=row["week"])
        Prompt.objects.get_or_create(starts_on=week, defaults=question | topics)


def _pin(note: Note) -> None:
    comments = note.comments.filter(parent=None, case__state__in=VISIBLE_STATES)
    first = comments.select_related("note", "case").order_by("pk").first()
    if first:
        pin_comment(first, note.author)


def _fill(owner: User, shelf: content.Shelf) -> None:
    board = create_board(owner, shelf.name, shelf.is_private)
    about = Note.objects.recommendable().filter(topics__name__in=shelf.topics)
    for note in about.exclude(author=owner).distinct().order_by("pk")[:IN_A_BOARD]:
        save_note(owner, note, board)


def _give_hearts(users: Sequence[User], rng: random.Random) -> None:
    """Some hearts for comments that stand under notes everybody reads."""
    shown = Comment.objects.filter(author__in=users, case__state__in=VISIBLE_STATES)
    for comment in shown.order_by("pk"):
        if rng.random() < SHARE_OF_HEARTS:
            for user in rng.sample(users, min(len(users), rng.randint(1, 4))):
                like_comment(user, comment)
