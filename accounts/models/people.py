"""People."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MODERATORS, SENIORS, AUDITORS = "Moderators", "Senior moderators", "Auditors"
HANDLE_PATTERN = r"^[a-z0-9_]{3,24}$"


class Language(models.TextChoices):
    """Languages a person reads and a note is written in."""

    CHINESE = "zh", "中文"
    ENGLISH = "en", "English"


class PersonQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        """Neither suspended nor leaving."""
        return self.filter(is_active=True)

    def visible(self, viewer: Viewer) -> Self:
        """Whom this person may come across: nobody they block or are blocked by."""
        if not isinstance(viewer, User):
            return self.active()
        return self.active().exclude(blocks__blocked=viewer).exclude(blocked_by__blocker=viewer)

    def reachable(self, viewer: Viewer) -> Self:
        """Whose page this person may open by name: those they block too, to unblock them."""
        if not isinstance(viewer, User):
            return self.active()
        blocked_by_them = self.filter(blocks__blocked=viewer).exclude(blocked_by__blocker=viewer)
        return self.active().exclude(pk__in=blocked_by_them.values("pk"))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def active(self) -> PersonQuerySet:
        return self.get_queryset().active()

    def visible(self, viewer: Viewer) -> PersonQuerySet:
        return self.get_queryset().visible(viewer)

    def reachable(self, viewer: Viewer) -> PersonQuerySet:
        return self.get_queryset().reachable(viewer)

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
    # As it was given. Several may give one address; only one of them can confirm it.
    email = models.EmailField(_("e-mail"))
    display_name = models.CharField(_("name"), max_length=40, blank=True)
    bio = models.CharField(_("bio"), max_length=500, blank=True)
    # What one wrote last of the two, until moderation says that others may read it; what stands in
    # `display_name` and `bio` is what others read. Empty `proposed_at`: nothing waits.
    proposed_name = models.CharField(
        max_length=40, blank=True, default="", db_default="", editable=False
    )
    proposed_bio = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    proposed_at = models.DateTimeField(null=True, editable=False)
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
    # Only followers see the notes of a private account, and following it needs consent.
    is_private = models.BooleanField(_("private account"), default=False, db_default=False)
    shows_likes = models.BooleanField(
        _("everybody sees what I like"), default=False, db_default=False
    )
    # Offered to say hello to those who are new here and write the other language.
    greets_newcomers = models.BooleanField(_("greet newcomers"), default=False, db_default=False)
    # Values of Kind about which this person is not told.
    unwanted_kinds = ArrayField(
        models.CharField(max_length=20), default=list, db_default=[], blank=True, editable=False
    )
    digest = models.CharField(
        _("notifications by e-mail"), max_length=10, default="off", db_default="off"
    )
    digested_at = models.DateTimeField(null=True, editable=False)
    follower_count = models.PositiveIntegerField(_("followers"), default=0, editable=False)
    following_count = models.PositiveIntegerField(default=0, editable=False)
    # Part of the name of every stored fragment that shows the person.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Part of the name of the person's timeline: a new set of authors is a new timeline.
    following_version = models.PositiveIntegerField(default=0, editable=False)
    # Part of the name of the person's home: what they asked for by hand makes another one.
    feed_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # False for who is suspended or leaves: nothing of theirs is seen, and no token works.
    is_active = models.BooleanField(_("active"), default=True)
    # A sanction: shown to who asks for it, recommended to nobody.
    is_limited = models.BooleanField(_("limited"), default=False, db_default=False, editable=False)
    suspended_at = models.DateTimeField(_("suspended"), null=True, editable=False)
    leaving_at = models.DateTimeField(_("left"), null=True, editable=False)
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
            ),
            models.Index(
                fields=["proposed_at"],
                name="user_proposing",
                condition=models.Q(proposed_at__isnull=False),
            ),
        ]
        constraints = [
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
    def own_words(self) -> dict[str, str]:
        """Name and bio as the person wrote them last, whoever may read them."""
        if self.proposed_at is None:
            return {"display_name": self.display_name, "bio": self.bio}
        return {"display_name": self.proposed_name, "bio": self.proposed_bio}

    @property
    def avatar_url(self) -> str | None:
        return self._avatar_in("avatars")

    @property
    def small_avatar_url(self) -> str | None:
        return self._avatar_in("avatars/small")

    def _avatar_in(self, folder: str) -> str | None:
        return f"/{settings.MEDIA_URL.strip('/')}/{folder}/{self.avatar}" if self.avatar else None

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
        return self.following.filter(followee=other).exists()


Viewer = User | AnonymousUser


class FormerHandle(models.Model):
    """A handle somebody had before. Its old addresses lead to them; nobody else may take it."""

    handle = models.CharField(max_length=24, unique=True)
    # Empty once its owner has erased the account: nobody takes their name in old mentions.
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="former_handles")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.handle
