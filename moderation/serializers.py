"""The shapes of decisions and rules in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from moderation.models import Verdict


class DecisionSerializer(serializers.ModelSerializer):
    """A verdict about something of one's own."""

    kind = serializers.CharField(source="case.kind")
    url = serializers.CharField(source="case.url")
    state = serializers.CharField(source="case.state")
    decided_by = serializers.SerializerMethodField()

    class Meta:
        model = Verdict
        fields = (
            "id", "kind", "url", "state", "outcome", "rule", "reason", "decided_by", "created_at",
        )  # fmt: skip

    def get_decided_by(self, verdict: Verdict) -> str:
        return "person" if verdict.by_hand else "machine"


class RuleSerializer(serializers.Serializer[Any]):
    """A rule in the reader's language."""

    id = serializers.CharField()
    title = serializers.CharField()
    principle = serializers.CharField()
    why = serializers.CharField()
    fine = serializers.ListField(child=serializers.CharField())
    not_fine = serializers.ListField(child=serializers.CharField())
    appeal = serializers.CharField()
