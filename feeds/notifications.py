"""What people are told, as far as they may see what it is about."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import NotificationQuerySet, User
from notes.models import Comment, Note

# Nobody counts further; the badge says so.
MOST_UNREAD = 99


def told(reader: User) -> NotificationQuerySet:
    """Return a person's notifications without what they cannot see (any more, or yet)."""
    note = Note.objects.visible(reader).filter(pk=OuterRef("note_id"))
    comment = Comment.objects.visible(reader).filter(pk=OuterRef("comment_id"))
    seen = Q(note_id=None) | Exists(note)
    said = Q(comment_id=None) | Exists(comment)
    return reader.notifications.welcome_to(reader).filter(seen, said)


def unread_count(reader: User) -> int:
    """How many wait, counted up to MOST_UNREAD."""
    return told(reader).unread()[:MOST_UNREAD].count()


def mark_read(reader: User, up_to: int) -> None:
    """Mark what was shown as read, up to this id. What is still hidden stays new."""
    shown = told(reader).unread().filter(pk__lte=up_to)
    reader.notifications.filter(pk__in=shown.values("pk")).update(read_at=timezone.now())
