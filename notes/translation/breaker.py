"""A circuit breaker: an engine that fails again and again is left alone for a while.

Its count lives in PostgreSQL, so that all workers know and Redis may be away.
"""

from django.core.cache import cache

KEY = "translation:failures"
FAILURES = 3
PAUSE = 60  # seconds


def is_open() -> bool:
    """Whether nobody shall ask now."""
    return int(cache.get(KEY, 0)) >= FAILURES


def fail() -> None:
    cache.set(KEY, int(cache.get(KEY, 0)) + 1, PAUSE)


def rest(seconds: int) -> None:
    """It asked for patience itself."""
    cache.set(KEY, FAILURES, seconds)


def close() -> None:
    cache.delete(KEY)
