"""Uploading, describing and deleting pictures."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.commits import after_commit, ring
from accounts.models import User
from accounts.pictures import check_picture, store_incoming
from accounts.words import checked, refused
from notes import tasks
from notes.actions.notes import change_note
from notes.models import ALT_LENGTH, Image, Note
from notes.rendering import delete_files


def upload_image(owner: User, file: UploadedFile[bytes], alt: str = "") -> Image:
    """Keep an upload; a worker makes its renditions. Raises ValidationError for a bad file."""
    try:
        width, height = check_picture(file)
    except ValidationError as error:
        raise ValidationError({"file": error}) from None
    size = file.size or 0
    image = Image(owner=owner, width=width, height=height, byte_count=size)
    image.alt = checked("alt", alt, ALT_LENGTH)
    _check_quota(owner, size)
    image.incoming = store_incoming(file)
    try:
        _keep_within_quota(image)
    except BaseException:
        default_storage.delete(image.incoming)
        raise
    return image


@transaction.atomic
def _keep_within_quota(image: Image) -> None:
    # Uploads of one person are counted one after the other, however many come at once.
    User.objects.select_for_update(no_key=True).get(pk=image.owner_id)
    _check_quota(image.owner, image.byte_count)
    image.save()
    ring(tasks.render, image.pk)


def quota_used(owner: User) -> tuple[int, int]:
    """How many pictures somebody keeps here, and of how many bytes they were made."""
    used = owner.images.aggregate(count=Count("*"), size=Sum("byte_count"))
    return used["count"], used["size"] or 0


def _check_quota(owner: User, more: int) -> None:
    count, size = quota_used(owner)
    if count + 1 > settings.IMAGE_QUOTA_COUNT:
        message = _("You keep %(most)s pictures here, which is as many as there is room for.")
        most = settings.IMAGE_QUOTA_COUNT
    elif size + more > settings.IMAGE_QUOTA_BYTES:
        message = _("Your pictures take up %(most)s GB, which is as much as there is room for.")
        most = settings.IMAGE_QUOTA_BYTES // 2**30
    else:
        return
    raise refused("file", message, "quota", most=most)


@transaction.atomic
def describe_image(image: Image, alt: str) -> None:
    """Change the description of an image; in a note that was sent this is an edit of the note.

    Raises ValidationError.
    """
    image.alt = checked("alt", alt, ALT_LENGTH)
    host = _note_of(image)
    if host is None or host.is_draft:
        Image.objects.filter(pk=image.pk).update(alt=image.alt)
    else:
        change_note(host, image.owner, alts={image.pk: image.alt})


def _note_of(image: Image) -> Note | None:
    """The note that shows the image, or that an edit adds it to."""
    return image.note or image.proposed_for


@transaction.atomic
def delete_image(image: Image, by: User) -> None:
    """Delete an upload that is in no note yet, or in a draft."""
    host = _note_of(image)
    if image.owner_id != by.pk or (host and not host.is_draft):
        raise PermissionDenied
    image.delete()
    after_commit(delete_files, [image])
