"""What people do to people: join, follow, change their profile, take a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tasks
from accounts.commits import ring
from accounts.models import Follow, Notification, Token, User
from accounts.pictures import check_picture, store_incoming
from accounts.words import checked

TOKEN_LIFETIME = timedelta(days=365)
LONGEST = {"display_name": 40, "bio": 500}


def register(username: str, email: str, password: str, **fields: Any) -> User:
    """Create a person from validated fields. Raises IntegrityError when the name is just taken."""
    with transaction.atomic():
        user = User.objects.create_user(username, email, password, **fields)
        EmailAddress.objects.create(user=user, email=email, primary=True)
    return user


def issue_token(user: User, scopes: list[str], name: str = "") -> tuple[Token, str]:
    """Return the stored token and its secret, which nobody can read again."""
    token, secret = Token.objects.create(
        user, expiry=TOKEN_LIFETIME, scopes=sorted(set(scopes)), name=name
    )
    return token, secret


@transaction.atomic
def follow(follower: User, followee: User) -> None:
    """Follow somebody; doing it twice is doing it once. Raises ValidationError for oneself."""
    if follower == followee:
        raise ValidationError({"username": _("You cannot follow yourself.")}, code="invalid")
    created = Follow.objects.get_or_create(follower=follower, followee=followee)[1]
    if created:
        _count_follow(follower, followee, 1)
        # Told once: who follows, leaves and follows again is no news.
        Notification.objects.get_or_create(
            recipient=followee, actor=follower, kind=Notification.Kind.FOLLOW
        )


@transaction.atomic
def unfollow(follower: User, followee: User) -> None:
    """Follow somebody no longer; doing it twice is doing it once."""
    deleted = Follow.objects.filter(follower=follower, followee=followee).delete()[0]
    if deleted:
        _count_follow(follower, followee, -1)


def _count_follow(follower: User, followee: User, change: int) -> None:
    # In the order of their ids, so that two people following each other never deadlock.
    for pk in sorted((follower.pk, followee.pk)):
        if pk == follower.pk:
            counts = {
                "following_count": F("following_count") + change,
                "following_version": F("following_version") + 1,
            }
        else:
            counts = {"follower_count": F("follower_count") + change}
        User.objects.filter(pk=pk).update(**counts)


def change_profile(user: User, **fields: Any) -> None:
    """Save validated profile fields. Raises ValidationError naming the field."""
    for name in LONGEST.keys() & fields.keys():
        fields[name] = checked(name, fields[name], LONGEST[name])
    for name, value in fields.items():
        setattr(user, name, value)
    User.objects.filter(pk=user.pk).update(**fields, version=F("version") + 1)


def change_avatar(user: User, file: UploadedFile[bytes]) -> None:
    """Take a new avatar; a worker makes the picture. Raises ValidationError for a bad file."""
    check_picture(file)
    User.objects.filter(pk=user.pk).update(incoming_avatar=store_incoming(file))
    ring(tasks.render_avatar, user.pk)


def mark_read(user: User, up_to: int) -> None:
    """Mark the notifications up to this id as read."""
    user.notifications.unread().filter(pk__lte=up_to).update(read_at=timezone.now())
