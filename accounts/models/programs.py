"""What programs use: tokens, and answers that are given once."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from accounts.models.people import User


class Scope(models.TextChoices):
    """What a token may be used for."""

    READ = "read", _("read")
    WRITE = "write", _("write")
    MODERATE = "moderate", _("moderate")


class Token(AbstractAuthToken):  # type: ignore[misc]
    """An API token: shown once, stored as a hash, named and limited by its owner."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=128, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.token_key


class IdempotentAnswerQuerySet(models.QuerySet["IdempotentAnswer"]):
    def outdated(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - timedelta(hours=24))


class IdempotentAnswer(models.Model):
    """The first answer to a POST with an Idempotency-Key; a later one gets it again."""

    # HMAC of who asked and with which key: neither can be read back from here.
    key_digest = models.CharField(max_length=64, unique=True)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    sealed_body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = IdempotentAnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key_digest
