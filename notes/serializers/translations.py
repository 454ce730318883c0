"""The shapes of translations in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Language
from accounts.serializers import PersonSerializer
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
