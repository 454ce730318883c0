"""The API of the glossary."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.models import Language
from accounts.words import folded
from notes import actions
from notes.models import Term
from notes.models.term import WORD_LENGTH


class GlossaryTermSerializer(serializers.ModelSerializer):
    """A word of one culture, explained to the other; `means` is in the other language."""

    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Term
        fields = (
            "id", "name", "word", "spellings", "language", "reading", "means", "text_en",
            "text_zh", "url",
        )  # fmt: skip


class NewGlossaryTermSerializer(serializers.Serializer[Any]):
    """A word to offer, with an explanation at least in the other language."""

    word = serializers.CharField()
    language = serializers.ChoiceField(Language.choices)
    means = serializers.CharField()
    reading = serializers.CharField(required=False, allow_blank=True, default="")
    spellings = serializers.ListField(
        child=serializers.CharField(max_length=WORD_LENGTH), required=False, default=list,
        max_length=10,
    )  # fmt: skip
    text_en = serializers.CharField(required=False, allow_blank=True, default="")
    text_zh = serializers.CharField(required=False, allow_blank=True, default="")


class GlossaryView(generics.ListAPIView):
    """Every word; ?q= looks for some."""

    serializer_class = GlossaryTermSerializer

    def get_queryset(self) -> QuerySet[Term]:
        asked = self.request.query_params.get("q", "").replace("\0", "")[:WORD_LENGTH]
        return Term.objects.current().like(asked) if asked else Term.objects.current()

    @extend_schema(parameters=[OpenApiParameter("q", OpenApiTypes.STR)])
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(request=NewGlossaryTermSerializer, responses={201: GlossaryTermSerializer})
    def post(self, request: Request) -> Response:
        """Offer a word; a moderator reads it before others do."""
        by = person(request)
        serializer = NewGlossaryTermSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = actions.offer_term(by, **serializer.validated_data)
        return Response(GlossaryTermSerializer(made).data, status=201)


class TermView(APIView):
    """One word."""

    @extend_schema(responses=GlossaryTermSerializer)
    def get(self, request: Request, name: str) -> Response:
        folded_name = folded(name.replace("\0", "/"))
        found = get_object_or_404(Term.objects.current(), name=folded_name)
        return Response(GlossaryTermSerializer(found).data)
