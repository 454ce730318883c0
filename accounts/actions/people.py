"""Joining, taking a token, changing one's profile and one's handle."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tasks
from accounts.actions.between import accept_request
from accounts.actions.letters import ask_to_confirm, tell_by_letter
from accounts.avatars import delete_avatar
from accounts.commits import after_commit, ring
from accounts.models import FormerHandle, Kind, Token, User
from accounts.pictures import check_picture, store_incoming
from accounts.words import checked, refused

TOKEN_LIFETIME = timedelta(days=365)
TOKEN_NAME_LENGTH = 60
LONGEST = {"display_name": 40, "bio": 500}
HANDLE_PERIOD = timedelta(days=30)
HANDLES_A_PERIOD = 2
# Two who join with one address so soon one after the other are one person in a hurry.
SOON = timedelta(minutes=10)


@transaction.atomic
def join(username: str, email: str, password: str, **fields: Any) -> User:
    """Register somebody who comes by themselves, and ask whether the address is theirs.

    Raises as `register` does, and ValidationError when somebody joined with the address just now.
    """
    _one_at_a_time(email)
    lately = EmailAddress.objects.filter(user__date_joined__gt=timezone.now() - SOON)
    if lately.filter(email=email).exists():
        raise refused("email", _("Somebody joined with this address just now."), "unique")
    user = register(username, email, password, **fields)
    ask_to_confirm(user)
    return user


def register(username: str, email: str, password: str | None, **fields: Any) -> User:
    """Create a person from validated fields. Raises IntegrityError when the name is just taken.

    Several may give one address; which of them it belongs to the letter to it finds out.
    """
    with transaction.atomic():
        user = User.objects.create_user(username, email, password, **fields)
        EmailAddress.objects.create(user=user, email=email, primary=True)
    return user


def _one_at_a_time(email: str) -> None:
    """Until the transaction ends, nobody else joins with this address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [email])


def issue_token(user: User, scopes: list[str], name: str = "") -> tuple[Token, str]:
    """Return the stored token and its secret, which nobody can read again.

    Raises ValidationError for a name that cannot be.
    """
    name = checked("name", name, TOKEN_NAME_LENGTH)
    token, secret = Token.objects.create(
        user, expiry=TOKEN_LIFETIME, scopes=sorted(set(scopes)), name=name
    )
    return token, secret


@transaction.atomic
def make_token(user: User, scopes: list[str], name: str = "") -> tuple[Token, str]:
    """Issue a token that somebody asked for, and tell them by letter. Raises ValidationError."""
    token, secret = issue_token(user, scopes, name)
    tell_by_letter(user, "email/token", {"token": token})
    return token, secret


def change_profile(user: User, **fields: Any) -> None:
    """Save validated profile fields. Raises ValidationError naming the field.

    Others read a new name or bio once moderation has published it.
    """
    words = {n: checked(n, fields.pop(n), LONGEST[n]) for n in LONGEST if n in fields}
    with transaction.atomic():
        if words:
            fields |= _proposed(user, words)
        User.objects.filter(pk=user.pk).update(**fields, version=F("version") + 1)
        if fields.get("is_private") is False:
            _let_in_who_asked(user)
    for name, value in fields.items():
        setattr(user, name, value)


def _proposed(user: User, words: dict[str, str]) -> dict[str, Any]:
    """What to write down for moderation to find; nothing where they say what they said."""
    said = User.objects.select_for_update(no_key=True).get(pk=user.pk).own_words
    says = said | words
    if says == said:
        return {}
    return {
        "proposed_name": says["display_name"],
        "proposed_bio": says["bio"],
        "proposed_at": timezone.now(),
    }


def _let_in_who_asked(user: User) -> None:
    for asked in user.requests.select_related("requester").order_by("pk"):
        accept_request(user, asked.requester)


def change_avatar(user: User, file: UploadedFile[bytes]) -> None:
    """Take a new avatar; a worker makes the picture. Raises ValidationError for a bad file."""
    check_picture(file)
    User.objects.filter(pk=user.pk).update(incoming_avatar=store_incoming(file))
    ring(tasks.render_avatar, user.pk)


def choose_notifications(user: User, kinds: Collection[str], digest: str) -> None:
    """Choose what to be told: the kinds of Kind.optional() that are wanted."""
    unwanted = [kind.value for kind in Kind.optional() if kind not in kinds]
    User.objects.filter(pk=user.pk).update(unwanted_kinds=unwanted, digest=digest)


def remove_avatar(user: User) -> None:
    """Have no picture any more."""
    avatar = user.avatar
    User.objects.filter(pk=user.pk).update(avatar="", incoming_avatar="", version=F("version") + 1)
    user.avatar = ""
    if avatar:
        after_commit(delete_avatar, avatar)


def change_handle(user: User, handle: str) -> None:
    """Take another handle; the old one leads to it. Raises ValidationError."""
    handle = User.normalize_username(handle)
    try:
        User._meta.get_field("username").run_validators(handle)
    except ValidationError as error:
        raise ValidationError({"username": error}) from None
    if handle == user.username:
        return
    try:
        with transaction.atomic():
            _take_handle(user, handle)
    except IntegrityError:
        raise refused("username", _("This username is taken."), "unique") from None
    user.username = handle
    tell_by_letter(user, "email/handle", {})


def _take_handle(user: User, handle: str) -> None:
    before = User.objects.select_for_update().get(pk=user.pk).username
    recently = user.former_handles.filter(created_at__gt=timezone.now() - HANDLE_PERIOD)
    if recently.count() >= HANDLES_A_PERIOD:
        message = _("You changed your username twice within 30 days. Please wait a little.")
        raise refused("username", message, "too_many")
    user.former_handles.filter(handle=handle).delete()
    if is_taken(handle):
        raise IntegrityError
    User.objects.filter(pk=user.pk).update(username=handle, version=F("version") + 1)
    FormerHandle.objects.create(handle=before, user=user)


def is_taken(handle: str) -> bool:
    """Whether somebody has this handle, or had it."""
    # In this order: a handle goes from the first table into the second.
    return (
        User.objects.filter(username=handle).exists()
        or FormerHandle.objects.filter(handle=handle).exists()
    )
