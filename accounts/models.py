"""People, whom they follow, their API tokens, and what they are told."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

MODERATORS = "Moderators"
HANDLE_PATTERN = r"^[a-z0-9_]{3,24}$"


class Language(models.TextChoices):
    """Languages a person reads and a note is written in."""

    CHINESE = "zh", "中文"
    ENGLISH = "en", "English"


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> User:
        user = self.model(username=self.model.normalize_username(username), email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str, password: str | None = None) -> User:
        return self.create_user(username, email, password, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=self.model.normalize_username(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `username` is the handle: 3 to 24 of a-z 0-9 _, in lower case."""

    username = models.CharField(
        _("username"),
        max_length=24,
        unique=True,
        validators=[
            RegexValidator(HANDLE_PATTERN, _("Use 3 to 24 of the characters a-z, 0-9 and _."))
        ],
        error_messages={"unique": _("This username is taken.")},
    )
    email = models.EmailField(_("e-mail"))
    display_name = models.CharField(_("name"), max_length=40, blank=True)
    bio = models.CharField(_("bio"), max_length=500, blank=True)
    avatar = models.CharField(_("avatar"), max_length=80, blank=True, editable=False)
    # An upload that a worker has not yet made an avatar of.
    incoming_avatar = models.CharField(max_length=80, blank=True, editable=False)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices),
        verbose_name=_("languages you read"),
        default=list,
        blank=True,
        size=2,
    )
    ui_language = models.CharField(
        _("interface language"), max_length=7, choices=settings.LANGUAGES, default="en"
    )
    follower_count = models.PositiveIntegerField(default=0, editable=False)
    following_count = models.PositiveIntegerField(default=0, editable=False)
    # Part of the name of every stored fragment that shows the person.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Part of the name of the person's timeline: a new set of authors is a new timeline.
    following_version = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    # A token without the scope `moderate` speaks for the person, not for the moderator.
    may_moderate = True

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(
                fields=["id"], name="user_incoming_avatar", condition=~models.Q(incoming_avatar="")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", condition=~models.Q(email="")
            ),
            models.CheckConstraint(
                condition=models.Q(username__regex=HANDLE_PATTERN), name="user_username_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """One spelling for every case and width, so that look-alikes collide."""
        return unicodedata.normalize("NFKC", username).strip().lower()

    @property
    def name(self) -> str:
        return self.display_name or self.username

    @property
    def avatar_url(self) -> str | None:
        return f"/{settings.MEDIA_URL.strip('/')}/avatars/{self.avatar}" if self.avatar else None

    def get_absolute_url(self) -> str:
        return f"/@{self.username}/"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_moderator(self) -> bool:
        """May see what is held or removed and decide on it."""
        role = self.is_active and self.is_staff and self.may_moderate
        return role and self.has_perm("moderation.change_case")

    def follows(self, other: User) -> bool:
        return Follow.objects.filter(follower=self, followee=other).exists()


class Follow(models.Model):
    """One person follows another."""

    follower = models.ForeignKey(User, models.CASCADE, related_name="following")
    followee = models.ForeignKey(User, models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["followee", "follower"], name="follow_once"),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followee")), name="follow_not_oneself"
            ),
        ]
        indexes = [models.Index(fields=["follower", "-id"], name="follow_by_follower")]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followee_id}"


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


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something a person is told. `data` holds what the words of its kind need."""

    class Kind(models.TextChoices):
        VERDICT = "verdict", _("A decision about you")
        FOLLOW = "follow", _("Somebody follows you")

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    actor = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "-id"], name="notification_by_recipient")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"


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
