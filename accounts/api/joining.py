"""The API of joining and of tokens."""

from __future__ import annotations

import math

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, waves
from accounts.authentication import person
from accounts.models import Scope, Token, User
from accounts.second_factor import has_second_factor, proves_itself
from accounts.serializers import (
    NewTokenSerializer,
    RegisteredSerializer,
    RegisterSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)

FIRST_SCOPES: list[str] = [Scope.READ, Scope.WRITE]


class RegisterView(APIView):
    """Join: a new person and their first token."""

    permission_classes = (AllowAny,)

    @extend_schema(request=RegisterSerializer, responses={201: RegisteredSerializer})
    def post(self, request: Request) -> Response:
        _wait_in_line(request)
        serializer = RegisterSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            user = actions.join(ui_language=get_language() or "en", **serializer.validated_data)
        except IntegrityError:
            message = _("This username was taken a moment ago.")
            raise serializers.ValidationError({"username": message}, "unique") from None
        secret = actions.issue_token(user, FIRST_SCOPES)[1]
        data = RegisteredSerializer({"user": user, "token": secret}).data
        return Response(data, status=status.HTTP_201_CREATED)


def _wait_in_line(request: Request) -> None:
    """Raise Throttled with the true time while too many people join at once."""
    plain = request._request
    if not ratelimit.consume(plain, action="signup"):
        raise Throttled(wait=60)
    if waves.network_is_busy(plain, get_adapter().get_client_ip(plain)):
        raise Throttled(wait=3600)
    if wait := waves.line_is_long():
        raise Throttled(wait=math.ceil(wait.total_seconds()))
    waves.take_turn()


class TokenView(APIView):
    """Take a token for a password; give back the token in use."""

    permission_classes = (AllowAny,)

    @extend_schema(request=TokenRequestSerializer, responses={201: NewTokenSerializer})
    def post(self, request: Request) -> Response:
        serializer = TokenRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        user = _authenticated(request, asked["username"], asked["password"])
        _check_second_factor(request, user, asked["code"], asked["scopes"])
        actions.come_back(user)
        token, secret = actions.make_token(user, asked["scopes"], asked["name"])
        data = {"token": secret, "expires_at": token.expiry, "scopes": token.scopes}
        return Response(NewTokenSerializer(data).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        if not isinstance(request.auth, Token):
            raise NotAuthenticated
        request.auth.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def _authenticated(request: Request, name: str, password: str) -> User:
    """Check a password, counting failures. Raises 400 or, after too many, 429."""
    kind = "email" if "@" in name else "username"
    credentials = {kind: User.normalize_username(name), "password": password}
    try:
        user = get_adapter().authenticate(request._request, **credentials)
    except DjangoValidationError:
        raise Throttled(wait=15 * 60) from None
    if not isinstance(user, User) or user.suspended_at or not (user.is_active or user.leaving_at):
        message = _("The username or the password is not right.")
        raise serializers.ValidationError({"password": message}, "invalid_login")
    return user


def _check_second_factor(request: Request, user: User, code: str, scopes: list[str]) -> None:
    """Raise 400 unless a second factor is proven by whom it is asked of; 429 after ten tries."""
    if not has_second_factor(user):
        if settings.STAFF_SECOND_FACTOR and Scope.MODERATE in scopes and user.is_staff:
            message = _("Moderators need a second factor. Set one up in the settings.")
            raise serializers.ValidationError({"scopes": message}, "second_factor_missing")
        return
    if not code:
        message = _("Send the code of your authenticator app, or a recovery code.")
        raise serializers.ValidationError({"code": message}, "second_factor_required")
    tries = {"action": "login_failed", "key": f"mfa-auth-user-{user.pk}"}
    if not ratelimit.consume(request._request, **tries):
        raise Throttled(wait=15 * 60)
    if not proves_itself(user, code):
        raise serializers.ValidationError({"code": _("This code is not right.")}, "invalid_code")
    ratelimit.clear(request._request, **tries)


class TokensView(generics.ListAPIView):
    """One's own tokens."""

    needs_person = True
    serializer_class = TokenSerializer

    def get_queryset(self) -> QuerySet[Token]:
        tokens: QuerySet[Token] = Token.objects.filter(user=person(self.request))
        return tokens


class RevokeTokenView(generics.DestroyAPIView):
    """Revoke one of one's own tokens, at once."""

    serializer_class = TokenSerializer

    def get_queryset(self) -> QuerySet[Token]:
        tokens: QuerySet[Token] = Token.objects.filter(user=person(self.request))
        return tokens
