"""The shapes of comments in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.serializers import PersonSerializer
from moderation.models import State
from notes.models import Comment


class CommentMarksSerializer(serializers.Serializer[Any]):
    """What the reader did with a comment."""

    liked = serializers.BooleanField(default=False)


class CommentSerializer(serializers.ModelSerializer):
    """A comment; `parent` is the comment it replies to. Its author reads their newest words."""

    author = PersonSerializer()
    state = serializers.ChoiceField(State.choices, source="case.state")
    reply_count = serializers.IntegerField(default=0)
    pinned = serializers.BooleanField(default=False)
    viewer = CommentMarksSerializer(source="*")

    class Meta:
        model = Comment
        fields = (
            "id", "author", "body", "language", "state", "parent", "pinned", "like_count",
            "reply_count", "created_at", "edited_at", "viewer",
        )  # fmt: skip

    def to_representation(self, instance: Comment) -> Any:
        shown = super().to_representation(instance)
        if instance.edit_case and self.context["request"].user.pk == instance.author_id:
            shown |= {"body": instance.edit_body, "state": instance.edit_case.state}
        return shown


class EditedCommentSerializer(serializers.Serializer[Any]):
    """New words of a comment."""

    body = serializers.CharField(allow_blank=True)


class NewCommentSerializer(EditedCommentSerializer):
    """A comment to post."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1
    )
