"""The API of decisions about oneself and of the rule book."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from moderation.models import Verdict
from moderation.rulebook import load_rulebook, localised
from moderation.serializers import DecisionSerializer, RuleSerializer


class DecisionsView(generics.ListAPIView):
    """Every decision that restricted something of one's own, or ended that; latest first."""

    needs_person = True
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Verdict]:
        return Verdict.objects.about(person(self.request)).select_related("case")


class DecisionView(generics.RetrieveAPIView):
    """One decision about something of one's own."""

    needs_person = True
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Verdict]:
        return Verdict.objects.about(person(self.request)).select_related("case")


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
