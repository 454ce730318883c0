"""What a note said before, and what its author wants it to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from moderation.models import VISIBLE_STATES, Moderated

if TYPE_CHECKING:
    from notes.models.note import Note


class VersionQuerySet(models.QuerySet["Version"]):
    def open(self) -> Self:
        """Not shown yet, and not given up."""
        return self.filter(shown_at=None, dropped_at=None)

    def accepted(self) -> Self:
        """Open, and moderation lets others read it."""
        return self.open().filter(case__state__in=VISIBLE_STATES)

    def visible(self, viewer: User | AnonymousUser) -> Self:
        """The versions of a note this person may read, if they may read the note."""
        shown = Q(shown_at__isnull=False, case__state__in=VISIBLE_STATES)
        if not isinstance(viewer, User):
            return self.filter(shown)
        if viewer.is_staff and viewer.is_moderator:
            return self
        return self.filter(shown | Q(note__author=viewer))


class Version(Moderated):
    """One wording of a note, with its own case. Written down from the first edit on."""

    note = models.ForeignKey("notes.Note", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=100, blank=True)
    body = models.TextField(blank=True)
    place = models.CharField(max_length=80, blank=True)
    second_title = models.CharField(max_length=100, blank=True)
    second_body = models.TextField(blank=True)
    named_topics = ArrayField(models.CharField(max_length=61), default=list, blank=True)
    # [{"id", "alt"}] in their order, the cover first.
    pictures = models.JSONField(default=list)
    created_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    # Overtaken by a later edit, or taken back by its author, before anybody saw it.
    dropped_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="version_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="version_open",
                condition=Q(shown_at=None, dropped_at=None),
            )
        ]

    @classmethod
    def only_one(cls, note: Note) -> Version:
        """What a note that was never edited says, not written down."""
        images = note.images.values("id", "alt")
        fields = ("title", "body", "place", "second_title", "second_body", "named_topics")
        return cls(
            note=note,
            number=1,
            case=note.case,
            pictures=list(images),
            created_at=note.created_at,
            shown_at=note.published_at or note.created_at,
            **{name: getattr(note, name) for name in fields},
        )

    def __str__(self) -> str:
        return f"{self.note_id} version {self.number}"
