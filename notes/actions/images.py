"""Uploading, describing and deleting pictures."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commits import after_commit, ring
from accounts.models import User
from accounts.pictures import check_picture, store_incoming
from accounts.words import checked
from notes import tasks
from notes.models import ALT_LENGTH, Image
from notes.rendering import delete_files


def upload_image(owner: User, file: UploadedFile[bytes], alt: str = "") -> Image:
    """Keep an upload; a worker makes its renditions. Raises ValidationError for a bad file."""
    try:
        width, height = check_picture(file)
    except ValidationError as error:
        raise ValidationError({"file": error}) from None
    image = Image.objects.create(
        owner=owner,
        alt=checked("alt", alt, ALT_LENGTH),
        width=width,
        height=height,
        incoming=store_incoming(file),
    )
    ring(tasks.render, image.pk)
    return image


def describe_image(image: Image, alt: str) -> None:
    """Change the description of an image. Raises ValidationError."""
    alt = checked("alt", alt, ALT_LENGTH)
    # What stands in a note has been judged with its words.
    if not Image.objects.filter(pk=image.pk, note=None).update(alt=alt):
        message = _("This image is in a note; its description cannot change any more.")
        raise ValidationError({"alt": ValidationError(message, "in_note")})
    image.alt = alt


@transaction.atomic
def delete_image(image: Image, by: User) -> None:
    """Delete an upload that is in no note yet."""
    if image.owner_id != by.pk or image.note_id:
        raise PermissionDenied
    image.delete()
    after_commit(delete_files, [image])
