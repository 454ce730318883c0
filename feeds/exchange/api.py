"""The API of the exchange."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from feeds.api import FEED, listed, results_of
from feeds.exchange.answers import answers_to
from feeds.exchange.greetings import notes_to_greet
from feeds.exchange.models import Prompt
from notes.serializers import NoteSerializer

LARGEST_ID = 2**63 - 1


class PromptSerializer(serializers.ModelSerializer):
    """A question; notes under its topics answer it."""

    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Prompt
        fields: tuple[str, ...] = (
            "id",
            "question_en",
            "question_zh",
            "topic_en",
            "topic_zh",
            "starts_on",
            "url",
        )


class AnsweredPromptSerializer(PromptSerializer):
    """A question with notes: pairs of a Chinese and an English one, and those without another."""

    pairs = serializers.ListField(child=NoteSerializer(many=True))
    alone = NoteSerializer(many=True)

    class Meta(PromptSerializer.Meta):
        fields = (*PromptSerializer.Meta.fields, "pairs", "alone")


class PromptsView(generics.ListAPIView):
    """The questions asked so far."""

    serializer_class = PromptSerializer

    def get_queryset(self) -> QuerySet[Prompt]:
        return Prompt.objects.open()


class PromptView(APIView):
    """A question with its answers in pairs."""

    @extend_schema(responses=AnsweredPromptSerializer)
    def get(self, request: Request, pk: int) -> Response:
        prompt = get_object_or_404(Prompt.objects.open(), pk=min(pk, LARGEST_ID))
        answers = answers_to(prompt, request.user)
        paired = results_of(answers.paired, request.user)
        data: dict[str, Any] = dict(PromptSerializer(prompt).data)
        data["pairs"] = [list(pair) for pair in zip(paired[::2], paired[1::2], strict=True)]
        data["alone"] = results_of(answers.alone, request.user)
        return Response(data)


class GreetingsView(APIView):
    """First notes of newcomers in the other language, for who offered to greet them."""

    needs_person = True

    @extend_schema(responses=FEED)
    def get(self, request: Request) -> Response:
        volunteer = person(request)
        return listed(request, results_of(notes_to_greet(volunteer), volunteer), "")
