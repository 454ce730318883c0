"""A translation service for the tests of notes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from notes.glossary import marking
from notes.tests.engine import Service, serving


@pytest.fixture
def engine(settings: LazySettings) -> Iterator[Service]:
    """LibreTranslate, as the settings name it."""
    with serving() as service:
        settings.LIBRETRANSLATE_URL = service.url
        yield service


@pytest.fixture
def own_glossary(db: None) -> Iterator[None]:
    """A glossary that is read anew by this test, and forgotten after it."""
    marking.forget()
    yield
    marking.forget()
