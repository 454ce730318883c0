"""The engine that the settings name."""

from __future__ import annotations

from django.conf import settings

from notes.translation.deepl import DeepL
from notes.translation.libretranslate import LibreTranslate
from notes.translation.port import Engine


def current() -> Engine | None:
    """The engine to ask; None where there is none."""
    if settings.TRANSLATION_ENGINE == "deepl":
        url, key = settings.DEEPL_URL, settings.DEEPL_KEY
        return DeepL(url, key) if key else None
    url = settings.LIBRETRANSLATE_URL
    return LibreTranslate(url, settings.LIBRETRANSLATE_KEY) if url else None
