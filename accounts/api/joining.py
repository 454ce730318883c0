"""The API of joining and of tokens."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
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

from accounts import actions
from accounts.authentication import person
from accounts.models import Scope, Token, User
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
        if not ratelimit.consume(request._request, action="signup"):
            raise Throttled(wait=60)
        serializer = RegisterSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            user = actions.register(ui_language=get_language() or "en", **serializer.validated_data)
        except IntegrityError:
            message = _("This username or e-mail address was taken a moment ago.")
            raise serializers.ValidationError({"username": message}, "unique") from None
        secret = actions.issue_token(user, FIRST_SCOPES)[1]
        data = RegisteredSerializer({"user": user, "token": secret}).data
        return Response(data, status=status.HTTP_201_CREATED)


class TokenView(APIView):
    """Take a token for a password; give back the token in use."""

    permission_classes = (AllowAny,)

    @extend_schema(request=TokenRequestSerializer, responses={201: NewTokenSerializer})
    def post(self, request: Request) -> Response:
        serializer = TokenRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        user = _authenticated(request, asked["username"], asked["password"])
        token, secret = actions.issue_token(user, asked["scopes"], asked["name"])
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
    if not isinstance(user, User):
        message = _("The username or the password is not right.")
        raise serializers.ValidationError({"password": message}, "invalid_login")
    return user


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
