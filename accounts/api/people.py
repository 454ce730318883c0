"""The API of people: oneself, following, blocking, muting, requests, lists of people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import Throttled
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts import actions
from accounts.authentication import person
from accounts.models import Follow, FollowRequest, MutedWord, User, suggested
from accounts.serializers import (
    AvatarSerializer,
    FolloweeSerializer,
    FollowerSerializer,
    MeSerializer,
    MutedWordSerializer,
    PasswordSerializer,
    PersonSerializer,
    RequesterSerializer,
)

JSON_OR_FORM: Any = (*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser, FormParser)
NO_CONTENT = {204: None}


def find_person(request: Request, username: str) -> User:
    """Return somebody the caller may come across. Raises Http404."""
    return get_object_or_404(User.objects.visible(request.user), username=_handle(username))


def reach_person(request: Request, username: str) -> User:
    """Return somebody by name, those too whom the caller blocks. Raises Http404."""
    return get_object_or_404(User.objects.reachable(request.user), username=_handle(username))


def _handle(username: str) -> str:
    return User.normalize_username(username).replace("\0", "/")


def done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


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

    @extend_schema(request=PasswordSerializer, responses=NO_CONTENT)
    def delete(self, request: Request) -> Response:
        """Leave: everything is hidden at once and erased after seven days."""
        serializer = PasswordSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        check_password(request, serializer.validated_data["password"])
        actions.leave(person(request))
        return done()


def check_password(request: Request, password: str) -> None:
    """Raise 400 for a wrong password, 429 after ten of them."""
    try:
        right = get_adapter().reauthenticate(person(request), password)
    except DjangoValidationError:
        raise Throttled(wait=15 * 60) from None
    if not right:
        message = _("The password is not right.")
        raise serializers.ValidationError({"password": message}, "invalid_password")


class MutedWordsView(generics.ListCreateAPIView):
    """The words that keep notes out of one's feeds."""

    needs_person = True
    serializer_class = MutedWordSerializer

    def get_queryset(self) -> QuerySet[MutedWord]:
        return MutedWord.objects.filter(owner=person(self.request))

    def perform_create(self, serializer: BaseSerializer[MutedWord]) -> None:
        word = serializer.validated_data["word"]
        serializer.instance = actions.mute_word(person(self.request), word)


class MutedWordView(APIView):
    """A word that keeps notes out of one's feeds."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, pk: int) -> Response:
        actions.unmute_word(person(request), min(pk, 2**63 - 1))
        return done()


class BlocksView(generics.ListAPIView):
    """Whom one blocks, latest first."""

    needs_person = True
    serializer_class = PersonSerializer

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.active().filter(blocked_by__blocker=person(self.request))


class MutesView(generics.ListAPIView):
    """Whom one mutes."""

    needs_person = True
    serializer_class = PersonSerializer

    def get_queryset(self) -> QuerySet[User]:
        user = person(self.request)
        return User.objects.visible(user).filter(muted_by__muter=user)


class SuggestionsView(generics.ListAPIView):
    """People one might like to follow."""

    needs_person = True
    serializer_class = PersonSerializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        paginator: Any = self.paginator
        paginator.decode_cursor(request)
        found = suggested(person(request))[: paginator.get_page_size(request)]
        people = PersonSerializer(found, many=True).data
        return Response({"next": None, "previous": None, "results": people})


class FollowView(APIView):
    """Follow or unfollow a person."""

    @extend_schema(
        request=None,
        responses={204: None, 202: OpenApiResponse(description="The account is private: asked.")},
    )
    def put(self, request: Request, username: str) -> Response:
        follows = actions.follow(person(request), find_person(request, username))
        return done() if follows else Response(status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, username: str) -> Response:
        actions.unfollow(person(request), reach_person(request, username))
        return done()


class BlockView(APIView):
    """Block a person, or no longer: nobody of the two sees anything of the other."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: Request, username: str) -> Response:
        actions.block(person(request), reach_person(request, username))
        return done()

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, username: str) -> Response:
        actions.unblock(person(request), reach_person(request, username))
        return done()


class MuteView(APIView):
    """Keep a person out of one's feeds and notifications, or no longer."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: Request, username: str) -> Response:
        actions.mute(person(request), find_person(request, username))
        return done()

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, username: str) -> Response:
        actions.unmute(person(request), reach_person(request, username))
        return done()


class FollowersView(generics.ListAPIView):
    """Who follows a person, latest first."""

    serializer_class = FollowerSerializer

    def get_queryset(self) -> QuerySet[Follow]:
        followee = find_person(self.request, self.kwargs["username"])
        seen = User.objects.visible(self.request.user)
        return followee.followers.filter(follower__in=seen).select_related("follower")


class FollowingView(generics.ListAPIView):
    """Whom a person follows, latest first."""

    serializer_class = FolloweeSerializer

    def get_queryset(self) -> QuerySet[Follow]:
        follower = find_person(self.request, self.kwargs["username"])
        seen = User.objects.visible(self.request.user)
        return follower.following.filter(followee__in=seen).select_related("followee")


class FollowRequestsView(generics.ListAPIView):
    """Who asks to follow oneself, latest first."""

    needs_person = True
    serializer_class = RequesterSerializer

    def get_queryset(self) -> QuerySet[FollowRequest]:
        user = person(self.request)
        asked = user.requests.filter(requester__in=User.objects.visible(user))
        return asked.select_related("requester")


class FollowRequestView(APIView):
    """Let somebody follow, or not."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: Request, username: str) -> Response:
        actions.accept_request(person(request), find_person(request, username))
        return done()

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, username: str) -> Response:
        actions.refuse_request(person(request), reach_person(request, username))
        return done()


class FollowerView(APIView):
    """One of one's own followers."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: Request, username: str) -> Response:
        actions.remove_follower(person(request), reach_person(request, username))
        return done()
