"""The API of people: joining, tokens, oneself, notifications, following."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts import actions
from accounts.authentication import person
from accounts.models import Follow, Notification, Scope, Token, User
from accounts.serializers import (
    AvatarSerializer,
    FolloweeSerializer,
    FollowerSerializer,
    MeSerializer,
    NewTokenSerializer,
    NotificationSerializer,
    RegisteredSerializer,
    RegisterSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)

FIRST_SCOPES: list[str] = [Scope.READ, Scope.WRITE]

JSON_OR_FORM: Any = (*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser, FormParser)


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


class MeView(APIView):
    """Oneself."""

    needs_person = True
    parser_classes = JSON_OR_FORM

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(person(request)).data)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        user = person(request)
        serializer = MeSerializer(user, data=request.data, partial=True)
        avatar = AvatarSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        avatar.is_valid(raise_exception=True)
        if file := avatar.validated_data.get("avatar"):
            actions.change_avatar(user, file)
        if serializer.validated_data:
            actions.change_profile(user, **serializer.validated_data)
        return Response(MeSerializer(user).data)


class FollowView(APIView):
    """Follow or unfollow a person."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, username: str) -> Response:
        actions.follow(person(request), find_person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        actions.unfollow(person(request), find_person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)


def find_person(username: str) -> User:
    """Return an active person. Raises Http404."""
    handle = User.normalize_username(username)
    return get_object_or_404(User, username=handle.replace("\0", "/"), is_active=True)


class FollowersView(generics.ListAPIView):
    """Who follows a person, latest first."""

    serializer_class = FollowerSerializer

    def get_queryset(self) -> QuerySet[Follow]:
        followee = find_person(self.kwargs["username"])
        return followee.followers.filter(follower__is_active=True).select_related("follower")


class FollowingView(generics.ListAPIView):
    """Whom a person follows, latest first."""

    serializer_class = FolloweeSerializer

    def get_queryset(self) -> QuerySet[Follow]:
        follower = find_person(self.kwargs["username"])
        return follower.following.filter(followee__is_active=True).select_related("followee")


class NotificationsView(generics.ListAPIView):
    """What one was told, latest first."""

    needs_person = True
    serializer_class = NotificationSerializer

    def get_queryset(self) -> QuerySet[Notification]:
        return person(self.request).notifications.select_related("actor")


class UpToSerializer(serializers.Serializer[Any]):
    """The last notification that was read."""

    up_to = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class ReadNotificationsView(APIView):
    """Mark notifications as read."""

    @extend_schema(request=UpToSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        serializer = UpToSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.mark_read(person(request), serializer.validated_data["up_to"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class UnreadSerializer(serializers.Serializer[Any]):
    """How many notifications are unread."""

    count = serializers.IntegerField()


class UnreadView(APIView):
    """How many notifications are unread."""

    needs_person = True

    @extend_schema(responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        return Response({"count": person(request).notifications.unread().count()})
