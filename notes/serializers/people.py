"""The shapes of topics and profiles in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from accounts.serializers import MarksBetweenSerializer, PersonSerializer
from notes.models import Topic


class TopicSerializer(serializers.ModelSerializer):
    """A topic."""

    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Topic
        fields = ("name", "title", "url")


class ProfileSerializer(PersonSerializer):
    """A person with their counts; the context says what this reader may count and did."""

    note_count = serializers.SerializerMethodField()
    viewer = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = (
            *PersonSerializer.Meta.fields, "bio", "languages", "is_private",
            "note_count", "follower_count", "following_count", "viewer",
        )  # fmt: skip

    def get_note_count(self, person: User) -> int:
        return int(self.context["note_count"])

    @extend_schema_field(MarksBetweenSerializer)
    def get_viewer(self, person: User) -> dict[str, bool]:
        marks: dict[str, bool] = self.context["marks"]
        return marks

    def to_representation(self, instance: User) -> Any:
        """Of whom one blocks, only what it takes to unblock them."""
        data = super().to_representation(instance)
        if self.context["marks"]["blocked"]:
            data |= {"bio": "", "note_count": 0, "follower_count": 0, "following_count": 0}
        return data
