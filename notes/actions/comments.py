"""Commenting on notes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.words import checked
from moderation.actions import close_case, open_case
from moderation.language import detect
from moderation.models import Case
from notes.actions.holding import READERS, hold
from notes.models import COMMENT_LENGTH, Comment, Note


@transaction.atomic
def submit_comment(author: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    """Comment on a note or reply to a comment; a worker decides when others may see it."""
    body = checked("body", body, COMMENT_LENGTH)
    if not body:
        raise ValidationError({"body": _("Write a few words.")}, code="required")
    hold(note)
    language = detect(body)
    comment = Comment.objects.create(
        case=open_case("comment", author, body, language, READERS[note.audience]),
        note=note,
        author=author,
        body=body,
        language=language,
        parent=parent,
    )
    Case.objects.filter(pk=comment.case_id).update(url=note.get_absolute_url())
    return comment


def checked_parent(comments: QuerySet[Comment], pk: int) -> Comment:
    """Return the comment to reply to. Raises ValidationError when it is not among these."""
    parent = comments.filter(pk=pk).first()
    if parent is None:
        raise ValidationError({"parent": _("This comment is not under this note.")}, code="invalid")
    return parent


@transaction.atomic
def delete_comment(comment: Comment, by: User) -> None:
    """Delete one's own comment, or any under one's own note."""
    if by.pk not in (comment.author_id, comment.note.author_id):
        raise PermissionDenied
    close_case(comment.case_id, *comment.replies.values_list("case_id", flat=True))
    comment.delete()
