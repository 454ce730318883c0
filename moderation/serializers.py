"""The shapes of decisions and rules in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from moderation.models import Appeal, Report, Sanction, Verdict


class AppealSerializer(serializers.ModelSerializer):
    """An appeal with its clock and its answer."""

    class Meta:
        model = Appeal
        fields = ("state", "text", "created_at", "due_at", "answer", "decided_at")


class SanctionSerializer(serializers.ModelSerializer):
    """What an account may no longer, and until when."""

    class Meta:
        model = Sanction
        fields = ("kind", "ends_at", "ended_at")


class DecisionSerializer(serializers.ModelSerializer):
    """A verdict about something of one's own."""

    kind = serializers.CharField(source="case.kind")
    url = serializers.CharField(source="case.url")
    state = serializers.CharField(source="case.state")
    decided_by = serializers.SerializerMethodField()
    appeal = serializers.SerializerMethodField()
    sanction = serializers.SerializerMethodField()

    class Meta:
        model = Verdict
        fields = (
            "id", "kind", "url", "state", "outcome", "rule", "reason", "decided_by", "created_at",
            "appeal", "sanction",
        )  # fmt: skip

    def get_decided_by(self, verdict: Verdict) -> str:
        return "person" if verdict.by_hand else "machine"

    @extend_schema_field(AppealSerializer(allow_null=True))
    def get_appeal(self, verdict: Verdict) -> dict[str, Any] | None:
        found = getattr(verdict, "appeal", None)
        return dict(AppealSerializer(found).data) if found else None

    @extend_schema_field(SanctionSerializer(allow_null=True))
    def get_sanction(self, verdict: Verdict) -> dict[str, Any] | None:
        found = getattr(verdict.case, "sanction", None)
        return dict(SanctionSerializer(found).data) if found else None


class NewAppealSerializer(serializers.Serializer[Any]):
    """The words of an appeal."""

    text = serializers.CharField(trim_whitespace=False)


class NewReportSerializer(serializers.Serializer[Any]):
    """What is reported, and why."""

    kind = serializers.ChoiceField(["note", "comment", "user"])
    id = serializers.CharField(help_text="The id of a note or comment; the username of a person.")
    reason = serializers.CharField(help_text="The id of a rule, or other.")
    detail = serializers.CharField(required=False, default="", allow_blank=True)


class ReportSerializer(serializers.ModelSerializer):
    """A report of one's own. `outcome` is null until a person has looked."""

    kind = serializers.CharField(source="case.kind")
    url = serializers.CharField(source="case.url")
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = ("id", "kind", "url", "reason", "detail", "state", "outcome", "created_at")

    def get_outcome(self, report: Report) -> str | None:
        return None if report.state == "open" else report.state


class PauseSerializer(serializers.Serializer[Any]):
    """A text before it is posted."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=12_000)


class PauseAnswerSerializer(serializers.Serializer[Any]):
    """Whether to think again, and about which rule."""

    pause = serializers.BooleanField()
    rule = serializers.CharField(allow_null=True)
    hint = serializers.CharField(allow_null=True)


class RuleSerializer(serializers.Serializer[Any]):
    """A rule in the reader's language."""

    id = serializers.CharField()
    title = serializers.CharField()
    principle = serializers.CharField()
    why = serializers.CharField()
    fine = serializers.ListField(child=serializers.CharField())
    not_fine = serializers.ListField(child=serializers.CharField())
    appeal = serializers.CharField()
