"""Commenting on notes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.words import checked, refused
from moderation.actions import close_case, open_case
from moderation.language import detect
from moderation.models import VISIBLE_STATES, Case
from notes.actions.holding import hold
from notes.models import COMMENT_LENGTH, Comment, Note, Translation
from notes.sending import READERS
from notes.telling import tell_of_comment


@transaction.atomic
def submit_comment(author: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    """Comment on a note or reply to a comment; a worker decides when others may see it.

    Raises ValidationError, and PermissionDenied for whom the note's author does not ask.
    """
    body = _checked_body(body)
    note = hold(note)
    if not note.takes_comments_of(author):
        raise PermissionDenied
    if parent:
        checked_parent(note.comments.all(), parent.pk)
    comment = Comment.objects.create(
        case=_open(author, note, body),
        note=note,
        author=author,
        body=body,
        language=detect(body),
        parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None,
    )
    tell_of_comment(comment)
    return comment


def _checked_body(body: str) -> str:
    body = checked("body", body, COMMENT_LENGTH)
    if not body:
        raise refused("body", _("Write a few words."), "required")
    return body


def _open(author: User, note: Note, body: str, *, for_a_person: bool = False) -> Case:
    return open_case(
        "comment",
        author,
        body,
        detect(body),
        READERS[note.audience],
        url=note.get_absolute_url(),
        about=note.author,
        for_a_person=for_a_person,
    )


def checked_parent(comments: QuerySet[Comment], pk: int) -> Comment:
    """Return the comment to reply to. Raises ValidationError when it is not among these."""
    parent = comments.filter(pk=pk).first()
    if parent is None:
        raise refused("parent", _("This comment is not under this note."), "invalid")
    return parent


@transaction.atomic
def edit_comment(comment: Comment, by: User, body: str) -> Comment:
    """Change one's own words; the old ones stay until the new ones are judged."""
    if comment.author_id != by.pk:
        raise PermissionDenied
    body = _checked_body(body)
    comment = _locked(comment)
    before = comment.edit_case or comment.case
    if body == (comment.edit_body if comment.edit_case else comment.body):
        return comment
    stays = comment.case.is_bound or before.is_bound
    case = _open(by, comment.note, body, for_a_person=stays)
    if comment.edit_case:
        close_case(comment.edit_case.pk)
    if comment.case.state in VISIBLE_STATES:
        comment.edit_body, comment.edit_case = body, case
    else:
        close_case(comment.case_id)
        comment.body, comment.case, comment.language = body, case, detect(body)
    comment.save(update_fields=["body", "case", "language", "edit_body", "edit_case"])
    return comment


def _locked(comment: Comment) -> Comment:
    locked = Comment.objects.select_for_update(no_key=True, of=("self",))
    found = locked.select_related("case", "edit_case", "note", "author")
    return get_object_or_404(found, pk=comment.pk)


@transaction.atomic
def delete_comment(comment: Comment, by: User) -> None:
    """Delete one's own comment, or any under one's own note."""
    if by.pk not in (comment.author_id, comment.note.author_id):
        raise PermissionDenied
    # Held like the note of a new comment, so that nobody replies to what is about to go.
    hold(comment.note)
    close_case(*_cases_below(comment))
    Comment.objects.filter(pk=comment.pk).delete()


def _cases_below(comment: Comment) -> list[int]:
    """The cases of a comment and of all that was replied to it, however deep; all locked."""
    comments = Comment.objects.select_for_update().order_by("pk")
    cases, level = [], list(comments.filter(pk=comment.pk))
    while level:
        cases += [pk for each in level for pk in (each.case_id, each.edit_case_id)]
        cases += Translation.objects.filter(comment__in=level).cases()
        level = list(comments.filter(parent__in=level))
    return [pk for pk in cases if pk is not None]


@transaction.atomic
def pin_comment(comment: Comment, by: User) -> None:
    """Put a comment on top of the others under one's own note, in the place of the last one."""
    if comment.note.author_id != by.pk:
        raise PermissionDenied
    if comment.parent_id or comment.state not in VISIBLE_STATES:
        message = _("Only a comment that others can read, and that is no reply, can be pinned.")
        raise ValidationError(message, code="invalid")
    Note.objects.filter(pk=comment.note_id).update(pinned=comment)


@transaction.atomic
def unpin_comment(comment: Comment, by: User) -> None:
    """Let a comment stand among the others; doing it twice is doing it once."""
    if comment.note.author_id != by.pk:
        raise PermissionDenied
    Note.objects.filter(pk=comment.note_id, pinned=comment).update(pinned=None)
