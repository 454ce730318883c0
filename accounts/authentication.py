"""API tokens in the Authorization header, and what their scopes allow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import Scope, Token, User
from accounts.prepared import Prepared, fields_of, from_row, marker

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads this very module

USE_IS_NOTED_EVERY = timedelta(hours=1)


class BearerAuthentication(TokenAuthentication):  # type: ignore[misc]
    """Knox's tokens, found by their hash in one query."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, Token]:
        digest = hash_token(token.decode("utf-8", "replace"))
        found = _token_of(digest)
        if found is None:
            raise AuthenticationFailed(_("This token is not valid."))
        _note_use(found)
        found.user.may_moderate = Scope.MODERATE in found.scopes
        return found.user, found


_token = Prepared(
    lambda: Token.objects.filter(digest=marker(0), user__is_active=True).values_list(
        *fields_of(Token), *(f"user__{field}" for field in fields_of(User))
    )
)


def _token_of(digest: str) -> Token | None:
    """The token with its person, if it is in force."""
    for row in _token.rows(digest):
        own = len(fields_of(Token))
        token = from_row(Token, row[:own])
        token.user = from_row(User, row[own:])
        return token if token.expiry and token.expiry > timezone.now() else None
    return None


def _note_use(token: Token) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_IS_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


class ScopedOrReadOnly(BasePermission):
    """Anybody reads what is public; a token does no more than its scopes say."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        needed = getattr(view, "scope", None)
        if needed is None:
            needed = Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
        if isinstance(request.auth, Token):
            return needed in request.auth.scopes
        if getattr(view, "needs_person", False) or needed != Scope.READ:
            return bool(request.user and request.user.is_authenticated)
        return True

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        return True


def person(request: Request | HttpRequest) -> User:
    """The signed-in person. Raises NotAuthenticated."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def viewer_of(request: HttpRequest) -> User | AnonymousUser:
    """Who looks at a plain Django view: by session, or by a token that may read."""
    try:
        found = BearerAuthentication().authenticate(request)
    except AuthenticationFailed:
        return AnonymousUser()
    if found is None:
        return request.user
    return found[0] if Scope.READ in found[1].scopes else AnonymousUser()
