"""Redis: order and drawn fragments, never permission. Everything here can be made anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

T = TypeVar("T")

PATIENCE = 0.5  # seconds a reader waits for Redis
PAUSE = 2.0  # seconds Redis is left alone after it did not answer

client: Redis = Redis.from_url(
    settings.REDIS_URL,
    socket_timeout=PATIENCE,
    socket_connect_timeout=PATIENCE,
    retry=Retry(NoBackoff(), 0),
)
_away_until = 0.0


def ask(work: Callable[[Redis], T]) -> T | None:
    """Return what the work returns, or None at once while Redis is away."""
    global _away_until
    if time.monotonic() < _away_until:
        return None
    try:
        return work(client)
    except RedisError:
        _away_until = time.monotonic() + PAUSE
        return None


def beat_heart() -> None:
    """A worker says that it is there."""
    ask(lambda redis: redis.set("heartbeat", int(time.time()), ex=60))


def heart_beats() -> bool:
    """Whether a worker was there within the last minute."""
    return bool(ask(lambda redis: redis.exists("heartbeat")))
