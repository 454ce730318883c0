"""Homes of active readers, ranked before they come back."""

from __future__ import annotations

import time

from accounts.models import User
from feeds import home
from feeds.meetings import active_readers

AT_MOST = 500
SOON = 30  # seconds before an order gets too old


def refresh_active() -> int:
    """Rank again the homes that are about to get old; return how many."""
    readers = User.objects.in_bulk(active_readers(AT_MOST))
    ranked = 0
    for reader in readers.values():
        if _is_old(reader):
            home.refresh(reader)
            ranked += 1
    return ranked


def _is_old(reader: User) -> bool:
    order = home.stored(reader)
    if order is None:
        return True
    age = time.time_ns() // 1_000 - order.made
    return age > (home.FRESH_FOR - SOON) * 1_000_000
