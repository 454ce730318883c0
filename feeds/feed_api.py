"""The API of one's home: why, less, how it is arranged; and notes beside a note."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from feeds import actions
from feeds.api import FEED, answer
from feeds.models import Taste
from feeds.pages import Page
from feeds.related import related
from feeds.why import Why, explain
from notes.api.finding import find_note


class TermSerializer(serializers.Serializer[Any]):
    """A summand of a score; `contribution` is value times weight, exactly."""

    name = serializers.CharField()
    value = serializers.FloatField()
    weight = serializers.FloatField()
    contribution = serializers.FloatField()
    text = serializers.CharField()


class WhySerializer(serializers.Serializer[Any]):
    """Contributions add up to the score exactly, in whatever order."""

    score = serializers.FloatField()
    weights_version = serializers.IntegerField()
    reason = serializers.CharField()
    terms = TermSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())


class TasteSerializer(serializers.ModelSerializer):
    """How a home is arranged."""

    class Meta:
        model = Taste
        fields = ("personal", "other_language", "forgotten_at")
        read_only_fields = ("forgotten_at",)


TASTE_PROFILE = inline_serializer("TasteProfile", {"personal": serializers.BooleanField()})


def shape(why: Why) -> dict[str, Any]:
    terms = [asdict(t) | {"contribution": t.contribution, "text": t.text} for t in why.terms]
    return {
        "score": why.score, "weights_version": why.weights_version, "reason": why.reason,
        "terms": terms, "missing": why.missing,
    }  # fmt: skip


class WhyView(APIView):
    """Why a note stands where it stands in one's home, or what it would be worth there."""

    needs_person = True

    @extend_schema(responses=WhySerializer)
    def get(self, request: Request, pk: int) -> Response:
        note = find_note(request, pk)
        why = explain(person(request), note.pk)
        if why is None:
            raise Http404
        return Response(shape(why))


class LessView(APIView):
    """Fewer notes like this one."""

    needs_person = True

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        actions.want_less(person(request), find_note(request, pk))
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.take_back_less(person(request), find_note(request, pk))
        return Response(status=204)


class RelatedView(APIView):
    """Notes beside a note."""

    @extend_schema(responses=FEED)
    def get(self, request: Request, pk: int) -> Response:
        rows = related(find_note(request, pk), request.user)
        return answer(request, Page(rows, ""))


class TasteView(APIView):
    """How one's home is arranged."""

    needs_person = True

    @extend_schema(responses=TasteSerializer)
    def get(self, request: Request) -> Response:
        return Response(TasteSerializer(Taste.of(person(request))).data)

    @extend_schema(request=TasteSerializer, responses=TasteSerializer)
    def patch(self, request: Request) -> Response:
        form = TasteSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        taste = actions.change_taste(person(request), **form.validated_data)
        return Response(TasteSerializer(taste).data)


class TasteProfileView(APIView):
    """Everything that ranks for oneself; DELETE forgets what was learned."""

    needs_person = True

    @extend_schema(
        responses=inline_serializer("TasteProfile", {"personal": serializers.BooleanField()})
    )
    def get(self, request: Request) -> Response:
        return Response(actions.profile_of(person(request)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        actions.forget_taste(person(request))
        return Response(status=204)
