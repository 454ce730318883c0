"""A translation service for the tests of notes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from notes.tests.engine import Service, serving


@pytest.fixture
def engine(settings: LazySettings) -> Iterator[Service]:
    """LibreTranslate, as the settings name it."""
    with serving() as service:
        settings.LIBRETRANSLATE_URL = service.url
        yield service
