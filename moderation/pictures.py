"""Where the pictures of a case are."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings


def picture_urls(names: Iterable[str]) -> list[str]:
    """The addresses of stored files; who may see them is asked where they are served."""
    return [f"/{settings.MEDIA_URL.strip('/')}/{name}" for name in names]
