"""Pictures of notes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

if TYPE_CHECKING:
    from notes.models.note import Note

ALT_LENGTH = 500
MOST_IMAGES = 18


def _new_key() -> str:
    return secrets.token_hex(16)


class ImageQuerySet(models.QuerySet["Image"]):
    def unfinished(self) -> Self:
        return self.filter(status=Image.Status.PROCESSING)

    def loose_of(self, owner: User) -> Self:
        """Uploaded by somebody and not yet in a note."""
        return self.loose().filter(owner=owner).exclude(status=Image.Status.REJECTED)

    def available_to(self, author: User, note: Note) -> Self:
        """What the author may put into a note: the loose, and what is its own."""
        images = self.filter(owner=author).exclude(status=Image.Status.REJECTED)
        own = Q(note=note) | Q(proposed_for=note) if note.pk else Q(pk=None)
        return images.filter(Q(note=None, proposed_for=None) | own)

    def loose_or_in_draft_of(self, owner: User) -> Self:
        """What somebody may throw away without changing what others read."""
        images = self.filter(owner=owner, proposed_for=None)
        return images.filter(Q(note=None) | Q(note__case=None))

    def loose(self) -> Self:
        """In no note, and in no edit of one."""
        return self.filter(note=None, proposed_for=None)


class Image(models.Model):
    """A picture of a note, born processing. Its files carry a random key, never their old name."""

    class Status(models.TextChoices):
        PROCESSING = "processing", _("processing")
        READY = "ready", _("ready")
        REJECTED = "rejected", _("could not be read")

    owner = models.ForeignKey(User, models.CASCADE, related_name="images")
    note = models.ForeignKey("notes.Note", models.CASCADE, null=True, related_name="images")
    # The note that an edit adds it to, once that was judged.
    proposed_for = models.ForeignKey(
        "notes.Note", models.CASCADE, null=True, related_name="proposed_images"
    )
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=32, unique=True, default=_new_key, editable=False)
    incoming = models.CharField(max_length=80, blank=True, editable=False)
    alt = models.CharField(_("description"), max_length=ALT_LENGTH, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROCESSING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # A worker is at it since then.
    claimed_at = models.DateTimeField(null=True)
    # As shown, orientation applied, in pixels.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Of the file that was uploaded: what counts for its owner's quota.
    byte_count = models.PositiveIntegerField(default=0, editable=False)
    placeholder = models.TextField(blank=True)
    # By which moderation knows it again.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    WIDTHS: ClassVar[tuple[int, ...]] = (360, 720, 1440)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes = [
            models.Index(fields=["id"], name="image_unfinished", condition=Q(status="processing")),
            models.Index(
                fields=["created_at"],
                name="image_loose",
                condition=Q(note=None, proposed_for=None),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.key

    @property
    def folder(self) -> str:
        """Where its renditions are, and whatever else is drawn from them."""
        return f"images/{self.key[:2]}/{self.key}"

    def file_name(self, width: int) -> str:
        return f"{self.folder}/{width}.webp"

    @property
    def urls(self) -> dict[str, str]:
        """Address of each rendition by its nominal width; empty until they are made."""
        if self.status != self.Status.READY:
            return {}
        return {
            str(w): f"/{settings.MEDIA_URL.strip('/')}/{self.file_name(w)}" for w in self.WIDTHS
        }
