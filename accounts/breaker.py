"""A circuit breaker: a service that fails again and again is left alone for a while.

Its count lives in PostgreSQL, so that all workers know and Redis may be away. `service` is any
name that tells one from the others.
"""

from django.core.cache import cache

FAILURES = 3
PAUSE = 60  # seconds


def is_open(service: str) -> bool:
    """Whether nobody shall ask now."""
    return int(cache.get(_key(service), 0)) >= FAILURES


def fail(service: str) -> None:
    cache.set(_key(service), int(cache.get(_key(service), 0)) + 1, PAUSE)


def rest(service: str, seconds: int) -> None:
    """It asked for patience itself."""
    cache.set(_key(service), FAILURES, seconds)


def close(service: str) -> None:
    cache.delete(_key(service))


def _key(service: str) -> str:
    return f"{service}:failures"
