"""The API of search: notes, people, topics, boards; suggestions; one's own history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.models import Language, User
from accounts.serializers import PersonSerializer
from feeds.api import PAGING, limit_of, listed, results_of
from feeds.cursors import BadCursorError
from feeds.search import actions
from feeds.search.finding import FINDERS, PERIODS, Question, translated
from feeds.search.models import Asked
from feeds.search.paging import page_of
from feeds.search.results import boards, note_rows, people, topics
from feeds.search.suggesting import suggestions
from notes.serializers import BoardSerializer, NoteSerializer, TopicSerializer

TEXT = OpenApiParameter("q", OpenApiTypes.STR, description="Up to 200 characters are read.")
FILTERS = [
    TEXT,
    OpenApiParameter("type", OpenApiTypes.STR, enum=list(FINDERS)),
    OpenApiParameter("language", OpenApiTypes.STR, enum=Language.values),
    OpenApiParameter("topic", OpenApiTypes.STR),
    OpenApiParameter("period", OpenApiTypes.STR, enum=list(PERIODS)),
    *PAGING,
]


class FoundNoteSerializer(NoteSerializer):
    """A note, and whether translations alone let it be found."""

    matched_in_translation = serializers.BooleanField()

    class Meta(NoteSerializer.Meta):
        fields = (*NoteSerializer.Meta.fields, "matched_in_translation")


class FoundPersonSerializer(PersonSerializer):
    """A person, with what helps to know whether it is the right one."""

    class Meta:
        model = User
        fields = (*PersonSerializer.Meta.fields, "bio", "languages", "follower_count")
        read_only_fields = fields


class SuggestionSerializer(serializers.Serializer[Any]):
    """What somebody may mean; `detail` is the handle of a person."""

    kind = serializers.ChoiceField(("topic", "user", "query", "history"))
    text = serializers.CharField()
    url = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)


class AskedSerializer(serializers.ModelSerializer):
    """What one asked for."""

    class Meta:
        model = Asked
        fields = ("id", "text", "at")


def _chosen(request: Request, name: str, choices: Sequence[str]) -> str:
    """Read a parameter that may be missing. Raises ValidationError."""
    value: str = request.query_params.get(name, "")
    if value and value not in choices:
        message = _("Use one of: %(choices)s.") % {"choices": ", ".join(choices)}
        raise serializers.ValidationError({name: message}, "invalid_choice")
    return value


class SearchView(APIView):
    """What holds the words asked for, in either language. Limited notes are not found."""

    @extend_schema(
        parameters=FILTERS,
        responses=inline_serializer(
            "Found",
            {
                "next": serializers.CharField(allow_null=True),
                "previous": serializers.CharField(allow_null=True),
                "results": FoundNoteSerializer(
                    many=True, help_text="People, topics or boards if these are asked for."
                ),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        kind = _chosen(request, "type", list(FINDERS)) or "notes"
        question = Question.of(
            request.query_params.get("q", ""),
            _chosen(request, "language", Language.values),
            request.query_params.get("topic", ""),
            _chosen(request, "period", list(PERIODS)),
        )
        cursor, limit = request.query_params.get("cursor", ""), limit_of(request)
        try:
            ids, next_cursor = page_of(kind, question, request.user, cursor, limit)
        except BadCursorError:
            message = _("This cursor is not valid.")
            raise serializers.ValidationError({"cursor": message}, "invalid") from None
        if isinstance(request.user, User) and not cursor:
            actions.remember_search(request.user, question.text)
        return listed(request, _results(request, kind, question, ids), next_cursor)


def _results(request: Request, kind: str, question: Question, ids: list[int]) -> object:
    viewer = request.user
    if kind == "users":
        return FoundPersonSerializer(people(ids, viewer), many=True).data
    if kind == "topics":
        return TopicSerializer(topics(ids, viewer), many=True).data
    if kind == "boards":
        return BoardSerializer(boards(ids, viewer), many=True).data
    across = translated(ids, question.query())
    said = {pk: {"matched_in_translation": pk in across} for pk in ids}
    return results_of(note_rows(ids, viewer), viewer, said)


class SuggestView(APIView):
    """What somebody may mean who typed this far, in either script or in pinyin."""

    @extend_schema(
        parameters=[TEXT],
        responses=inline_serializer("Suggestions", {"results": SuggestionSerializer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        found = suggestions(request.query_params.get("q", ""), request.user)
        return listed(request, SuggestionSerializer(found, many=True).data, "")


class SearchesView(generics.ListAPIView):
    """What one asked for, latest first: seen by nobody else."""

    needs_person = True
    serializer_class = AskedSerializer

    def get_queryset(self) -> QuerySet[Asked]:
        return Asked.objects.by(person(self.request))

    @extend_schema(operation_id="me_searches_clear", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget all of it."""
        actions.forget_searches(person(request))
        return Response(status=204)


class OneSearchView(APIView):
    """One thing that one asked for."""

    needs_person = True

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Forget it."""
        actions.forget_search(person(request), min(pk, 2**63 - 1))
        return Response(status=204)
