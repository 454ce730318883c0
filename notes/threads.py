"""The comments of a note as its page shows them: newest first, each with its first replies."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404

from accounts.models import Viewer
from accounts.words import whole_number
from notes.models import Comment, CommentQuerySet, Note

COMMENTS = 20
# As many replies are shown beneath a comment; the others when asked for.
FIRST_REPLIES = 3
MOST_REPLIES = 200


@dataclass(slots=True)
class Thread:
    """A comment, its first replies, and how many more there are."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)
    more: int = 0


def threads_of(note: Note, viewer: Viewer, before: str) -> dict[str, object]:
    """A page of comments; the pinned one on top of the first page."""
    shown = _readable(viewer).filter(note=note)
    top, earlier = shown.filter(parent=None), whole_number(before)
    pinned = list(top.filter(pk=note.pinned_id)) if note.pinned_id and earlier is None else []
    rest = top.exclude(pk=note.pinned_id) if note.pinned_id else top
    if earlier is not None:
        rest = rest.filter(pk__lt=earlier)
    page = list(rest.order_by("-id")[: COMMENTS + 1])
    threads = {comment.pk: Thread(comment) for comment in [*pinned, *page[:COMMENTS]]}
    for reply in _first_replies(shown, list(threads)):
        thread = threads[reply.root_id or reply.pk]
        thread.replies.append(reply)
        thread.more = max(0, getattr(reply, "total", 0) - FIRST_REPLIES)
    return {
        "threads": list(threads.values()),
        "before": page[COMMENTS - 1].pk if len(page) > COMMENTS else None,
    }


def _first_replies(shown: CommentQuerySet, roots: list[int]) -> CommentQuerySet:
    """The first replies beneath each root, with `total`: how many there are."""
    beneath = shown.filter(root__in=roots).annotate(
        place=Window(RowNumber(), partition_by=F("root"), order_by="id"),
        total=Window(Count("*"), partition_by=F("root")),
    )
    return beneath.filter(place__lte=FIRST_REPLIES).order_by("id")


def all_replies(root: Comment, viewer: Viewer) -> CommentQuerySet:
    """What was replied beneath a comment, oldest first."""
    return _readable(viewer).filter(root=root).order_by("id")[:MOST_REPLIES]


def _readable(viewer: Viewer) -> CommentQuerySet:
    comments = Comment.objects.visible(viewer).marked_for(viewer)
    return comments.select_related("author", "case", "edit_case", "parent__author")


def answered_comment(viewer: Viewer, note: Note, pk: str | int | None) -> Comment | None:
    """The comment that is answered, if this person can read it."""
    number = whole_number(str(pk or ""))
    if number is None:
        return None
    return get_object_or_404(
        note.comments.visible(viewer).select_related("author", "parent"), pk=number
    )
