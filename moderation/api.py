"""The API of decisions about oneself, appeals, the rule book and the pause before posting."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from moderation import actions, figures, pausing
from moderation.models import Verdict
from moderation.rulebook import load_rulebook, localised
from moderation.serializers import (
    AppealSerializer,
    DecisionSerializer,
    NewAppealSerializer,
    PauseAnswerSerializer,
    PauseSerializer,
    RuleSerializer,
)

LARGEST_ID = 2**63 - 1


class DecisionsView(generics.ListAPIView):
    """Every decision that restricted something of one's own, or ended that; latest first."""

    needs_person = True
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Verdict]:
        return Verdict.objects.about(person(self.request)).select_related(
            "case__sanction", "appeal"
        )


class DecisionView(generics.RetrieveAPIView):
    """One decision about something of one's own."""

    needs_person = True
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Verdict]:
        return Verdict.objects.about(person(self.request)).select_related(
            "case__sanction", "appeal"
        )


class AppealView(APIView):
    """Asking for another person to look again; 409 the second time."""

    needs_person = True

    @extend_schema(request=NewAppealSerializer, responses={201: AppealSerializer})
    def post(self, request: Request, pk: int) -> Response:
        author = person(request)
        verdict = get_object_or_404(Verdict.objects.about(author), pk=min(pk, LARGEST_ID))
        serializer = NewAppealSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = actions.appeal(verdict, author, serializer.validated_data["text"])
        return Response(AppealSerializer(made).data, status=status.HTTP_201_CREATED)


class PauseView(APIView):
    """A gentle hint before posting. It stores nothing, and nobody has to follow it."""

    needs_person = True

    @extend_schema(request=PauseSerializer, responses=PauseAnswerSerializer)
    def post(self, request: Request) -> Response:
        serializer = PauseSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        rule = pausing.rule_to_think_of(serializer.validated_data["text"])
        hint = pausing.hint(rule, get_language() or "en") if rule else None
        return Response({"pause": bool(rule), "rule": rule or None, "hint": hint})


class TransparencyView(APIView):
    """What was judged and restricted, in each language, and how even that is."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response(figures.told_figures())


class RulesView(APIView):
    """The rule book in the reader's language."""

    @extend_schema(responses=RuleSerializer(many=True))
    def get(self, request: Request) -> Response:
        language = get_language() or "en"
        texts = ("title", "principle", "why", "fine", "not_fine", "appeal")
        return Response(
            [
                {"id": rule.id} | {name: localised(getattr(rule, name), language) for name in texts}
                for rule in load_rulebook().rules
            ]
        )
