"""What people are told, as far as they may see what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Kind, Notification, NotificationQuerySet, User
from moderation.models import VISIBLE_STATES
from notes.models import Comment, Note

# Nobody counts further; the badge says so.
MOST_UNREAD = 99
# How many people a sentence names.
NAMED = 2


def told(reader: User) -> NotificationQuerySet:
    """Return a person's notifications without what they cannot see (any more, or yet)."""
    note = Note.objects.visible(reader).filter(pk=OuterRef("note_id"))
    comment = Comment.objects.visible(reader).filter(pk=OuterRef("comment_id"))
    seen = Q(note_id=None) | Exists(note)
    said = Q(comment_id=None) | Exists(comment)
    others_read = Exists(note.filter(case__state__in=VISIBLE_STATES))
    in_time = ~Q(kind=Kind.SCHEDULED) | others_read
    return reader.notifications.welcome_to(reader).filter(seen, said, in_time)


def unread_count(reader: User) -> int:
    """How many wait, counted up to MOST_UNREAD."""
    return told(reader).unread()[:MOST_UNREAD].count()


def mark_read(reader: User, up_to: int) -> None:
    """Mark what was shown as read, up to this id. What is still hidden stays new."""
    shown = told(reader).unread().filter(pk__lte=up_to)
    reader.notifications.filter(pk__in=shown.values("pk")).update(read_at=timezone.now())


@dataclass(slots=True)
class Group:
    """Notifications of one kind, day and note: told in one sentence. The latest comes first."""

    latest: Notification
    note: Note | None
    actors: list[User] = field(default_factory=list)
    unread: bool = False

    @property
    def others(self) -> int:
        """How many people are not named."""
        return max(len(self.actors) - NAMED, 0)

    @property
    def named(self) -> list[User]:
        return self.actors[:NAMED]


def grouped(rows: Sequence[Notification]) -> list[Group]:
    """Put notifications together, in the order of the latest of each; one query for the notes."""
    notes = Note.objects.in_bulk({row.note_id for row in rows if row.note_id})
    groups: dict[str, Group] = {}
    for row in rows:
        note = notes.get(row.note_id or 0)
        group = groups.setdefault(row.group, Group(row, note))
        group.unread |= row.read_at is None
        if row.actor and row.actor not in group.actors:
            group.actors.append(row.actor)
    return list(groups.values())
