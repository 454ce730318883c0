"""The API of translations of notes, comments and profiles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.limits import buckets_for
from accounts.models import Language
from notes import actions
from notes.contents import Content, find_content
from notes.models import Wording
from notes.serializers import (
    AskedLanguageSerializer,
    NewWordingSerializer,
    PendingTranslationSerializer,
    TranslationSerializer,
    WordingSerializer,
)
from notes.translation.looking import WHY_NOT, Stage
from notes.translation.texts import readers_language
from notes.translation.wordings import find_wording, readable_wordings

# Seconds until it is worth asking again.
SOON = {Stage.PENDING: 1, Stage.DELAYED: 15}
TO = OpenApiParameter(
    "to", enum=Language.values, description="Left out: the language of the reader."
)


def asked_language(request: Request) -> str:
    """Read ?to=. Raises ValidationError."""
    serializer = AskedLanguageSerializer(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    asked: str = serializer.validated_data.get("to") or readers_language(get_language())
    return asked


def answer(request: Request, content: Content) -> Response:
    """The translation, or 202 while there is none yet. Raises NotFound where there will be none."""
    language = asked_language(request)
    buckets = buckets_for(request, "translation", settings.RATE_TRANSLATIONS)
    try:
        found = actions.translation_for(request.user, content, language, buckets)
    except actions.TooManyTranslationsError as error:
        raise Throttled(error.wait) from None
    if found.shown:
        return Response(TranslationSerializer(found.shown).data)
    if found.stage not in SOON:
        raise NotFound(str(WHY_NOT[found.stage]))
    data = {"language": language, "state": found.stage}
    headers = {"Retry-After": str(SOON[found.stage])}
    return Response(PendingTranslationSerializer(data).data, status=202, headers=headers)


class TranslationView(APIView):
    """What something says in another language, made the first time that somebody asks."""

    kind: ClassVar[str] = ""

    @extend_schema(
        parameters=[TO],
        responses={200: TranslationSerializer, 202: PendingTranslationSerializer},
    )
    def get(self, request: Request, pk: int) -> Response:
        return answer(request, find_content(request.user, self.kind, str(pk)))


class NoteTranslationView(TranslationView):
    kind = "note"


class CommentTranslationView(TranslationView):
    kind = "comment"


class PersonTranslationView(APIView):
    """What somebody says of themselves, in another language."""

    @extend_schema(
        parameters=[TO],
        responses={200: TranslationSerializer, 202: PendingTranslationSerializer},
    )
    def get(self, request: Request, username: str) -> Response:
        return answer(request, find_content(request.user, "user", username))


class WordingsView(generics.ListAPIView):
    """Better words for a translation: those taken, one's own, and to whom may decide all."""

    serializer_class = WordingSerializer
    kind: ClassVar[str] = ""

    def found(self) -> Content:
        name = self.kwargs.get("username") or str(self.kwargs["pk"])
        return find_content(self.request.user, self.kind, name)

    def get_queryset(self) -> QuerySet[Wording]:
        return readable_wordings(self.request.user, self.found(), asked_language(self.request))

    @extend_schema(parameters=[TO])
    def get(self, request: Request, **kwargs: Any) -> Response:
        return self.list(request)

    @extend_schema(request=NewWordingSerializer, responses={201: WordingSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Offer words; the author or a moderator takes them, or not."""
        by, content = person(request), self.found()
        serializer = NewWordingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        language = said["language"] or readers_language(get_language())
        made = actions.offer_wording(by, content, language, said["title"], said["body"])
        return Response(WordingSerializer(made).data, status=201)


class NoteWordingsView(WordingsView):
    kind = "note"


class CommentWordingsView(WordingsView):
    kind = "comment"


class PersonWordingsView(WordingsView):
    kind = "user"


class AcceptanceView(APIView):
    """Take offered words, or do without them."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.accept_wording(find_wording(by, pk), by)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.refuse_wording(find_wording(by, pk), by)
        return Response(status=204)
