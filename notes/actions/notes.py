"""Writing, sending, editing and deleting notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import renew_timeline
from accounts.commits import after_commit
from accounts.models import User
from accounts.words import checked, refused
from moderation.actions import change_readers, close_case
from notes import editing, sending
from notes.actions.holding import locked
from notes.models import ALT_LENGTH, Audience, Image, Note, Translation
from notes.rendering import delete_files
from notes.words import Words, checked_words

MOST_DRAFTS = 100
# What is not judged, and so changes at once.
SETTINGS = ("language", "audience", "commenters")


class EditedMeanwhileError(ValidationError):
    """Somebody else, or the same person elsewhere, changed the note since it was read."""

    def __init__(self) -> None:
        message = _("This note was changed elsewhere meanwhile. Reload it and try again.")
        super().__init__(message, code="edited_meanwhile")


@transaction.atomic
def submit_note(author: User, title: str, body: str, images: Iterable[int], **fields: Any) -> Note:
    """Post a note; a worker decides when others may see it. Raises ValidationError."""
    draft = _write(Note(author=author), {"title": title, "body": body} | fields, images, None)
    sending.send(draft)
    return draft


@transaction.atomic
def save_draft(
    author: User,
    draft: Note | None = None,
    *,
    images: Iterable[int] | None = None,
    publish_at: datetime | None = None,
    **fields: Any,
) -> Note:
    """Keep what is written so far, or until its time; of a draft only what is given changes."""
    if draft is None:
        _check_drafts(author)
        draft = Note(author=author)
    return _write(draft, fields, images, publish_at)


def _write(
    draft: Note,
    fields: Mapping[str, Any],
    images: Iterable[int] | None,
    publish_at: datetime | None,
) -> Note:
    changes = _settings(fields) | checked_words(fields)
    pictures = None if images is None else own_images(draft.author, images, draft)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.publish_at, draft.saved_at = publish_at, timezone.now()
    draft.save()
    if pictures is not None:
        _attach(draft, pictures)
    if publish_at:
        _check_schedule(draft)
    return draft


def _settings(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in SETTINGS if name in fields}


def _check_drafts(author: User) -> None:
    # The drafts of one person are counted one after the other.
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    if Note.drafts.filter(author=author).count() >= MOST_DRAFTS:
        message = _("You have %(most)s drafts. Publish or delete one first.")
        raise refused("draft", message, "limit", most=MOST_DRAFTS)


def _check_schedule(draft: Note) -> None:
    if draft.publish_at and draft.publish_at <= timezone.now():
        raise refused("publish_at", _("Choose a time to come."), "past")
    sending.check_complete(draft)


@transaction.atomic
def change_note(
    note: Note, by: User, *, revision: int | None = None, draft: bool | None = None, **fields: Any
) -> Note:
    """Change of a note what is given: of a draft at once, of what was sent once it is judged.

    `draft=False` sends a draft; `revision` is the one that was read, if it shall be compared.
    Raises PermissionDenied, ValidationError, EditedMeanwhileError.
    """
    if note.author_id != by.pk:
        raise PermissionDenied
    note = locked(note)
    if revision is not None and revision != note.revision:
        raise EditedMeanwhileError
    note.revision += 1
    if note.is_draft:
        return _change_draft(note, by, draft, fields)
    if draft or fields.get("publish_at"):
        name = "draft" if draft else "publish_at"
        raise refused(name, _("This note is published already."), "published")
    _change_settings(note, _settings(fields))
    _edit(note, fields)
    return note


def _change_draft(note: Note, by: User, draft: bool | None, fields: dict[str, Any]) -> Note:
    # Sent, or a draft again: either way without the time it had.
    kept = note.publish_at if draft is None else None
    at = fields.pop("publish_at", kept)
    note = save_draft(by, note, publish_at=at, **fields)
    if draft is False and at is None:
        sending.send(note)
    return note


def _change_settings(note: Note, settings: dict[str, str]) -> None:
    before, after = note.audience, settings.get("audience", note.audience)
    moments: dict[str, Any] = {}
    if before != after:
        # Delivered again to who may read it now; what was private was never published.
        moments = {"delivered_at": None}
        if before == Audience.PRIVATE:
            moments["published_at"] = None
            renew_timeline(note.author)  # where it stands at the date that it loses
        change_readers(sending.READERS[after], *_cases_of(note))
    for name, value in settings.items():
        setattr(note, name, value)
    Note.objects.filter(pk=note.pk).update(
        revision=note.revision, version=F("version") + 1, **settings, **moments
    )


def _edit(note: Note, fields: dict[str, Any]) -> None:
    """Propose the words and pictures that are given, if they say something new."""
    present = editing.open_version(note) or note
    before = Words.of(present)
    words = before.changed(checked_words(fields))
    words.check_complete()
    shown = editing.pictures_of(present)
    ids = fields.get("images")
    pictures = shown if ids is None else own_images(note.author, ids, note)
    sending.check_count(len(pictures))
    alts = {image.pk: image.alt for image in shown} | _checked_alts(fields.get("alts", {}))
    for picture in pictures:
        picture.alt = alts.get(picture.pk, picture.alt)
    said = [(picture.pk, picture.alt) for picture in pictures]
    if words != before or said != [(i.pk, i.alt) for i in editing.pictures_of(present)]:
        editing.propose(note, words, pictures)


def _checked_alts(alts: Mapping[int, str]) -> dict[int, str]:
    return {pk: checked("images", alt, ALT_LENGTH) for pk, alt in alts.items()}


@transaction.atomic
def take_back_edit(note: Note, by: User) -> None:
    """Give up the edit that is being judged or was removed; the note stays as others read it."""
    if note.author_id != by.pk:
        raise PermissionDenied
    note = locked(note)
    if version := editing.open_version(note):
        editing.drop(version)
        Note.objects.filter(pk=note.pk).update(revision=F("revision") + 1)


@transaction.atomic
def delete_note(note: Note, by: User) -> None:
    """Delete a note and all that hangs on it. Its cases stay, as the record of what was judged."""
    if note.author_id != by.pk:
        raise PermissionDenied
    # Locked, so that nobody likes or comments on what is about to go.
    note = locked(note, to_delete=True)
    list(note.comments.select_for_update().order_by("pk").values_list("pk"))
    close_case(*_cases_of(note))
    images = [*note.images.all(), *note.proposed_images.all()]
    note.delete()
    after_commit(delete_files, images)


def _cases_of(note: Note) -> list[int]:
    """The cases of a note, of its edits, of its comments and of all their translations."""
    cases = [note.case_id, *note.versions.values_list("case", flat=True)]
    for pair in note.comments.values_list("case", "edit_case"):
        cases += pair
    cases += Translation.objects.about(note).cases()
    return [pk for pk in cases if pk is not None]


def own_images(author: User, ids: Iterable[int], note: Note) -> list[Image]:
    """Return images of the author that are loose or this note's, in the order of ids, locked."""
    wanted = list(ids)
    if wanted:
        sending.check_count(len(wanted))
    free = Image.objects.available_to(author, note)
    found = {image.pk: image for image in free.select_for_update().filter(pk__in=wanted)}
    if len(found) != len(wanted):
        raise refused(
            "images",
            _("One of these images does not exist, or is in a note already."),
            "does_not_exist",
        )
    return [found[pk] for pk in wanted]


def _attach(draft: Note, images: list[Image]) -> None:
    """Give a draft these images; those that it had before are loose again."""
    draft.images.exclude(pk__in=[image.pk for image in images]).update(note=None)
    for position, image in enumerate(images):
        image.note, image.position = draft, position
    Image.objects.bulk_update(images, ["note", "position"])
