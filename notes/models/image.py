"""Pictures of notes."""

from __future__ import annotations

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

ALT_LENGTH = 500
MOST_IMAGES = 18


def _new_key() -> str:
    return secrets.token_hex(16)


class ImageQuerySet(models.QuerySet["Image"]):
    def unfinished(self) -> Self:
        return self.filter(status=Image.Status.PROCESSING)

    def loose_of(self, owner: User) -> Self:
        """Uploaded by somebody and not yet in a note."""
        return self.filter(owner=owner, note=None).exclude(status=Image.Status.REJECTED)


class Image(models.Model):
    """A picture of a note, born processing. Its files carry a random key, never their old name."""

    class Status(models.TextChoices):
        PROCESSING = "processing", _("processing")
        READY = "ready", _("ready")
        REJECTED = "rejected", _("could not be read")

    owner = models.ForeignKey(User, models.CASCADE, related_name="images")
    note = models.ForeignKey("notes.Note", models.CASCADE, null=True, related_name="images")
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
    placeholder = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    WIDTHS: ClassVar[tuple[int, ...]] = (360, 720, 1440)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes = [
            models.Index(fields=["id"], name="image_unfinished", condition=Q(status="processing"))
        ]

    def __str__(self) -> str:
        return self.alt or self.key

    def file_name(self, width: int) -> str:
        return f"images/{self.key[:2]}/{self.key}/{width}.webp"

    @property
    def urls(self) -> dict[str, str]:
        """Address of each rendition by its nominal width; empty until they are made."""
        if self.status != self.Status.READY:
            return {}
        return {
            str(w): f"/{settings.MEDIA_URL.strip('/')}/{self.file_name(w)}" for w in self.WIDTHS
        }
