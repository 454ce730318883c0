"""Reading a home in tests."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from feeds.pages import home_page


def ids(reader: User, **options: Any) -> list[int]:
    """The notes of a page of Home, in its order."""
    return [row.pk for row in home_page(reader, **options).rows]
