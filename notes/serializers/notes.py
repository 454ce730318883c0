"""The shapes of notes in the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Protocol

import orjson
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Language
from accounts.serializers import PersonSerializer
from moderation.models import State
from notes.models import MOST_IMAGES, NOTE_STATES, Audience, Commenters, Note, Version
from notes.reach import Reach
from notes.serializers.images import ImageSerializer


class SecondSerializer(serializers.Serializer[Any]):
    """The same told again by the author in another language."""

    title = serializers.CharField(required=False, allow_blank=True)
    body = serializers.CharField(required=False, allow_blank=True)


class ChangedNoteSerializer(serializers.Serializer[Any]):
    """What changes of a note. `images` are ids in the order they are shown, the cover first."""

    title = serializers.CharField(required=False, allow_blank=True)
    body = serializers.CharField(required=False, allow_blank=True)
    images = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=MOST_IMAGES,
        required=False,
    )
    language = serializers.ChoiceField(Language.choices, required=False)
    audience = serializers.ChoiceField(Audience.choices, required=False)
    commenters = serializers.ChoiceField(Commenters.choices, required=False)
    place = serializers.CharField(required=False, allow_blank=True)
    topics = serializers.ListField(
        child=serializers.CharField(max_length=61), max_length=10, required=False
    )
    second = SecondSerializer(required=False, allow_null=True)
    draft = serializers.BooleanField(required=False)
    publish_at = serializers.DateTimeField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Give the second part the names that the actions know."""
        if "second" in attrs:
            second = attrs.pop("second") or {"title": "", "body": ""}
            attrs |= {f"second_{name}": text for name, text in second.items()}
        return attrs


class NewNoteSerializer(ChangedNoteSerializer):
    """A note to post, or to keep as a draft, or to publish at a time."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"title": "", "body": "", "images": []} | super().validate(attrs)


class MarksSerializer(serializers.Serializer[Any]):
    """What the reader did with a note."""

    liked = serializers.BooleanField(default=False)
    saved = serializers.BooleanField(default=False)


class ReachSerializer(serializers.Serializer[Any]):
    """Where others meet a note."""

    link = serializers.BooleanField()
    followers = serializers.BooleanField()
    explore = serializers.BooleanField()
    search = serializers.BooleanField()


class WrittenSecondSerializer(serializers.Serializer[Any]):
    """The second part of a note."""

    language = serializers.CharField(source="second_language")
    title = serializers.CharField(source="second_title")
    body = serializers.CharField(source="second_body")


class StoredNoteSerializer(serializers.ModelSerializer):
    """Of a note what is the same for every reader."""

    url = serializers.CharField(source="get_absolute_url")
    author = PersonSerializer()
    second = serializers.SerializerMethodField()
    warning = serializers.SerializerMethodField()
    state = serializers.ChoiceField(NOTE_STATES)
    images = ImageSerializer(many=True)
    topics = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields: tuple[str, ...] = (
            "id", "url", "author", "title", "body", "language", "second", "warning", "audience",
            "commenters", "state", "images", "topics", "mentions", "place",
            "created_at", "publish_at", "published_at", "edited_at",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_warning(self, note: Note) -> str | None:
        return None if note.is_draft else note.case.warning or None

    @extend_schema_field(WrittenSecondSerializer(allow_null=True))
    def get_second(self, note: Note) -> Any:
        if not (note.second_title or note.second_body):
            return None
        return dict(WrittenSecondSerializer(note).data)

    def get_topics(self, note: Note) -> list[str]:
        return [topic.title for topic in note.topics.all()]

    def get_mentions(self, note: Note) -> list[str]:
        return [person.username for person in note.mentions.all()]


def json_of(note: Note) -> bytes:
    """JSON of what is the same for every reader."""
    return orjson.dumps(dict(StoredNoteSerializer(note).data))


class Counted(Protocol):
    """A row of a note: its counts, and what the reader did with it."""

    @property
    def like_count(self) -> int: ...
    @property
    def save_count(self) -> int: ...
    @property
    def liked(self) -> bool: ...
    @property
    def saved(self) -> bool: ...


def changing(note: Counted, comments: int, reach: Reach | None) -> dict[str, object]:
    """What is not the same for every reader and at every time."""
    return {
        "like_count": note.like_count,
        "save_count": note.save_count,
        "comment_count": comments,
        "viewer": {"liked": note.liked, "saved": note.saved},
        "reach": reach,
    }


def put_in(stored: bytes, changes: dict[str, object]) -> orjson.Fragment:
    """Stored JSON with what changes before its last brace."""
    return orjson.Fragment(b"%b,%b" % (stored[:-1], orjson.dumps(changes)[1:]))


class NoteSerializer(StoredNoteSerializer):
    """A note as one reader sees it; the context holds the request."""

    like_count = serializers.IntegerField()
    save_count = serializers.IntegerField()
    comment_count = serializers.IntegerField(default=0)
    viewer = MarksSerializer(source="*")
    reach = serializers.SerializerMethodField()

    class Meta(StoredNoteSerializer.Meta):
        fields = (
            *StoredNoteSerializer.Meta.fields,
            "like_count", "save_count", "comment_count", "viewer", "reach",
        )  # fmt: skip

    @extend_schema_field(ReachSerializer(allow_null=True))
    def get_reach(self, note: Note) -> dict[str, bool] | None:
        """Of one's own notes where others meet them."""
        own = self.context["request"].user.pk == note.author_id
        return asdict(note.reach) if own else None


class VersionSerializer(serializers.ModelSerializer):
    """What a note said at a time; `current` is what it says now."""

    second = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices, source="case.state")
    images = serializers.SerializerMethodField()
    current = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = (
            "number", "title", "body", "second", "place", "state", "images", "current",
            "created_at", "shown_at",
        )  # fmt: skip

    def get_current(self, version: Version) -> bool:
        return bool(version.case_id == version.note.case_id)

    @extend_schema_field(SecondSerializer(allow_null=True))
    def get_second(self, version: Version) -> dict[str, str] | None:
        if not (version.second_title or version.second_body):
            return None
        return {"title": version.second_title, "body": version.second_body}

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_images(self, version: Version) -> Any:
        """Id and description of each; one that was taken out later is gone."""
        return version.pictures
