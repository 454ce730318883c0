"""The shapes of notes, images, comments and topics in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Language, User
from accounts.serializers import MarksBetweenSerializer, PersonSerializer
from moderation.models import State
from notes.models import Audience, Comment, Image, Note, Topic


class ImageSerializer(serializers.ModelSerializer):
    """An image; `urls` by width once it is ready."""

    urls = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Image
        fields = ("id", "status", "width", "height", "placeholder", "alt", "urls")
        read_only_fields = ("id", "status", "width", "height", "placeholder", "urls")


class UploadSerializer(serializers.Serializer[Any]):
    """A picture to upload, as multipart/form-data."""

    file = serializers.FileField()
    alt = serializers.CharField(required=False, allow_blank=True, default="")


class AltSerializer(serializers.Serializer[Any]):
    """The description of an image."""

    alt = serializers.CharField(allow_blank=True)


class NewNoteSerializer(serializers.Serializer[Any]):
    """A note to post. `images` are ids in the order they are shown, the cover first."""

    title = serializers.CharField(required=False, allow_blank=True, default="")
    body = serializers.CharField(required=False, allow_blank=True, default="")
    images = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=18,
    )
    language = serializers.ChoiceField(Language.choices, required=False, default="")
    audience = serializers.ChoiceField(Audience.choices, default=Audience.PUBLIC)
    place = serializers.CharField(required=False, allow_blank=True, default="")
    topics = serializers.ListField(
        child=serializers.CharField(max_length=61), max_length=10, required=False, default=list
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what would otherwise be published at once against the writer's will."""
        for field in ("draft", "publish_at"):
            if self.initial_data.get(field):
                message = _("Drafts and scheduled notes are not supported yet.")
                raise serializers.ValidationError({field: message}, "unsupported")
        return attrs


class MarksSerializer(serializers.Serializer[Any]):
    """What the reader did with a note."""

    liked = serializers.BooleanField()


class StoredNoteSerializer(serializers.ModelSerializer):
    """Of a note what is the same for every reader."""

    url = serializers.CharField(source="get_absolute_url")
    author = PersonSerializer()
    warning = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices, source="case.state")
    images = ImageSerializer(many=True)
    topics = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields: tuple[str, ...] = (
            "id", "url", "author", "title", "body", "language", "warning", "audience", "state",
            "images", "topics", "mentions", "place", "created_at", "published_at", "edited_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_warning(self, note: Note) -> str | None:
        return note.case.warning or None

    def get_topics(self, note: Note) -> list[str]:
        return [topic.title for topic in note.topics.all()]

    def get_mentions(self, note: Note) -> list[str]:
        return [person.username for person in note.mentions.all()]


class NoteSerializer(StoredNoteSerializer):
    """A note as one reader sees it."""

    like_count = serializers.IntegerField()
    comment_count = serializers.IntegerField(default=0)
    viewer = MarksSerializer(source="*")

    class Meta(StoredNoteSerializer.Meta):
        fields = (*StoredNoteSerializer.Meta.fields, "like_count", "comment_count", "viewer")


class CommentSerializer(serializers.ModelSerializer):
    """A comment; `parent` is the comment it replies to."""

    author = PersonSerializer()
    state = serializers.ChoiceField(State.choices, source="case.state")
    reply_count = serializers.IntegerField(default=0)

    class Meta:
        model = Comment
        fields = (
            "id", "author", "body", "language", "state", "parent", "reply_count", "created_at",
        )  # fmt: skip


class NewCommentSerializer(serializers.Serializer[Any]):
    """A comment to post."""

    body = serializers.CharField(allow_blank=True)
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1
    )


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
