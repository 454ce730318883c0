"""The shapes of boards in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import PersonSerializer
from notes.models import Board, Save
from notes.serializers.images import ImageSerializer
from notes.serializers.notes import NoteSerializer


class SaveSerializer(serializers.Serializer[Any]):
    """Into which of one's boards a note goes; the default one unless said."""

    board = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1
    )


class BoardSerializer(serializers.ModelSerializer):
    """A board; `cover` is a picture of one of its notes, or null."""

    url = serializers.CharField(source="get_absolute_url")
    owner = PersonSerializer()
    name = serializers.CharField(source="title")
    is_default = serializers.BooleanField()
    note_count = serializers.IntegerField()
    cover = serializers.SerializerMethodField()

    class Meta:
        model = Board
        fields = (
            "id", "url", "owner", "name", "is_private", "is_default", "note_count", "cover",
            "position", "created_at",
        )  # fmt: skip

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_cover(self, board: Board) -> Any:
        image = getattr(board, "picture", None)
        return ImageSerializer(image).data if image else None


class ChangedBoardSerializer(serializers.Serializer[Any]):
    """What changes of a board; `cover` is the id of a note in it."""

    name = serializers.CharField(required=False, allow_blank=True)
    is_private = serializers.BooleanField(required=False)
    cover = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1
    )


class NewBoardSerializer(serializers.Serializer[Any]):
    """A board to begin."""

    name = serializers.CharField(allow_blank=True)
    is_private = serializers.BooleanField(default=False)


class BoardOrderSerializer(serializers.Serializer[Any]):
    """Ids of one's boards in the order they are shown."""

    boards = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=200
    )


class BoardNotesOrderSerializer(serializers.Serializer[Any]):
    """Ids of notes in a board in the order they are shown; what is not named follows."""

    notes = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=200
    )


class SavedNoteSerializer(NoteSerializer):
    """The note that was saved."""

    def to_representation(self, instance: Save) -> Any:
        return super().to_representation(instance.note)
