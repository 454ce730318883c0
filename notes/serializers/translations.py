"""The shapes of translations in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Language
from accounts.serializers import PersonSerializer
from moderation.models import State
from notes.models import Wording
from notes.translation.looking import Stage


class TranslationSerializer(serializers.Serializer[Any]):
    """What a text says in a language. `provider` is "author", "reader" or the name of an engine;
    `credit` is the reader whose words these are."""

    language = serializers.CharField()
    source_language = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    provider = serializers.CharField()
    credit = PersonSerializer(allow_null=True)


class PendingTranslationSerializer(serializers.Serializer[Any]):
    """A translation that is being made, or made later because the service does not answer."""

    language = serializers.CharField()
    state = serializers.ChoiceField([Stage.PENDING, Stage.DELAYED])


class AskedLanguageSerializer(serializers.Serializer[Any]):
    """Into which language."""

    to = serializers.ChoiceField(Language.choices, required=False)


class NewWordingSerializer(serializers.Serializer[Any]):
    """Better words to offer; without a language those of the reader."""

    language = serializers.ChoiceField(Language.choices, required=False, default="")
    title = serializers.CharField(required=False, allow_blank=True, default="")
    body = serializers.CharField(required=False, allow_blank=True, default="")


class WordingSerializer(serializers.ModelSerializer):
    """Words that somebody offered for a translation."""

    language = serializers.CharField(source="translation.language")
    by = PersonSerializer()
    state = serializers.ChoiceField(State.choices, source="case.state")

    class Meta:
        model = Wording
        fields = (
            "id", "language", "title", "body", "by", "state", "is_accepted", "created_at",
            "decided_at",
        )  # fmt: skip
