"""What people are told."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models.between import Mute
from accounts.models.people import User


class Kind(models.TextChoices):
    """What a notification is about."""

    LIKE = "like", _("Somebody likes your note")
    SAVE = "save", _("Somebody saves your note")
    COMMENT = "comment", _("Somebody comments on your note")
    REPLY = "reply", _("Somebody replies to you")
    MENTION = "mention", _("Somebody mentions you")
    FOLLOW = "follow", _("Somebody follows you")
    REQUEST = "request", _("Somebody asks to follow you")
    ACCEPT = "accept", _("Somebody lets you follow them")
    WORDING = "wording", _("Somebody words a translation better")
    SCHEDULED = "scheduled", _("A note was published at its time")
    VERDICT = "verdict", _("A decision about you")
    REPORT = "report", _("The outcome of a report of yours")
    APPEAL = "appeal", _("The answer to an appeal of yours")

    @classmethod
    def optional(cls) -> list[Kind]:
        """What a person may do without. What was decided about them they are always told."""
        return [kind for kind in cls if kind not in (cls.VERDICT, cls.REPORT, cls.APPEAL)]


# What many people do with one note, or with one person, is told in one sentence a day.
TOGETHER = frozenset({Kind.LIKE, Kind.SAVE, Kind.COMMENT, Kind.FOLLOW})


class Digest(models.TextChoices):
    """How often unread notifications are sent by e-mail."""

    OFF = "off", _("Never")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def welcome_to(self, reader: User) -> Self:
        """Without what comes from people the reader blocks, mutes or is blocked by."""
        by_nobody = Q(actor=None)
        quiet = Mute.objects.filter(muter=reader).values("muted")
        seen = User.objects.visible(reader).exclude(pk__in=quiet)
        return self.filter(by_nobody | Q(actor__in=seen))


class Notification(models.Model):
    """Something a person is told. `data` holds what the words of its kind need.

    `note_id` and `comment_id` are plain numbers: notes stand above this app. Whoever shows
    notifications asks first whether the reader may still see the note and the comment.
    """

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    actor = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    note_id = models.BigIntegerField(null=True)
    comment_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_by_recipient"),
            models.Index(
                fields=["recipient"], name="notification_unread", condition=Q(read_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "actor", "kind", "note_id", "comment_id"],
                name="notification_once",
                condition=Q(kind__in=["like", "save", "follow", "request", "accept"]),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"

    @property
    def group(self) -> str:
        """The same for all that is told in one sentence."""
        if self.kind not in TOGETHER:
            return str(self.pk)
        return f"{self.kind}.{localdate(self.created_at)}.{self.note_id or 0}"
