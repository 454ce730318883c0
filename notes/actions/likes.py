"""Liking notes and comments, once each, counted with the row."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.shortcuts import get_object_or_404

from accounts.models import User
from notes.actions.holding import hold
from notes.models import Comment, CommentLike, Like, Note
from notes.telling import tell_of_like


@transaction.atomic
def like(user: User, note: Note) -> None:
    """Like a note; doing it twice is doing it once. Raises Http404 when it is just gone."""
    hold(note)
    if Like.objects.get_or_create(user=user, note=note)[1]:
        Note.objects.filter(pk=note.pk).update(like_count=F("like_count") + 1)
        tell_of_like(note, user)


@transaction.atomic
def unlike(user: User, note: Note) -> None:
    """Like a note no longer; doing it twice is doing it once."""
    if Like.objects.filter(user=user, note=note).delete()[0]:
        Note.objects.filter(pk=note.pk).update(like_count=Greatest(F("like_count") - 1, 0))


@transaction.atomic
def like_comment(user: User, comment: Comment) -> None:
    """Like a comment; doing it twice is doing it once. Raises Http404 when it is just gone."""
    get_object_or_404(Comment.objects.select_for_update(no_key=True), pk=comment.pk)
    if CommentLike.objects.get_or_create(user=user, comment=comment)[1]:
        Comment.objects.filter(pk=comment.pk).update(like_count=F("like_count") + 1)


@transaction.atomic
def unlike_comment(user: User, comment: Comment) -> None:
    """Like a comment no longer; doing it twice is doing it once."""
    if CommentLike.objects.filter(user=user, comment=comment).delete()[0]:
        fewer = Greatest(F("like_count") - 1, 0)
        Comment.objects.filter(pk=comment.pk).update(like_count=fewer)
