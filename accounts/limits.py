"""How often somebody may ask: atomic in Redis, said in standard headers, open when Redis is away.

A leaky bucket (GCRA): `limit` requests at once, then one every `PERIOD / limit`. A caller is a
token, a session or an address; an address has a larger bucket of its own, so that nobody gets
a new one by making up tokens. Headers after draft-ietf-httpapi-ratelimit-headers-07.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from accounts.idempotency import problem

PERIOD = 60  # seconds
# The bucket of an address in those of a caller: a household or a school shares one.
SHARED = 5
PATIENCE = 0.2  # seconds: a limit waits less for Redis than a reader does
PAUSE = 5.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

client: Redis = Redis.from_url(
    settings.REDIS_URL,
    socket_timeout=PATIENCE,
    socket_connect_timeout=PATIENCE,
    retry=Retry(NoBackoff(), 0),
)
# KEYS: buckets; ARGV: microseconds between two requests of each. Takes from all or from none.
_take = client.register_script(
    """
    local clock = redis.call('TIME')
    local now = clock[1] * 1000000 + clock[2]
    local period, wait, left, full = 60000000, 0, -1, 0
    local ends = {}
    for i, key in ipairs(KEYS) do
      local gap = tonumber(ARGV[i])
      local free = math.max(tonumber(redis.call('GET', key) or now), now)
      ends[i] = free + gap
      wait = math.max(wait, ends[i] - now - period)
      local more = math.floor((period - (ends[i] - now)) / gap)
      if left < 0 or more < left then left, full = math.max(more, 0), ends[i] - now end
    end
    if wait <= 0 then
      for i, key in ipairs(KEYS) do
        redis.call('SET', key, string.format('%.0f', ends[i]), 'PX', 120000)
      end
    end
    return {wait, left, full}
    """
)
_away_until = 0.0
_lock = Lock()
_here: dict[str, float] = {}
MOST_HERE = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a bucket; `wait` in seconds is 0 for who may go on."""

    limit: int
    left: int
    reset: int
    wait: int


def take(buckets: dict[str, int], *, is_read: bool) -> Standing | None:
    """Take one request from each bucket (name: requests a period); None where nobody counts."""
    global _away_until
    limit = min(buckets.values())
    if time.monotonic() >= _away_until:
        gaps = [PERIOD * 1_000_000 // size for size in buckets.values()]
        try:
            wait, left, full = _take(keys=list(buckets), args=gaps)
        except RedisError:
            _away_until = time.monotonic() + PAUSE
        else:
            return Standing(limit, left, math.ceil(full / 1e6), math.ceil(max(wait, 0) / 1e6))
    return None if is_read else _take_here(buckets, limit)


def _take_here(buckets: dict[str, int], limit: int) -> Standing:
    """Count writes in this process while Redis is away."""
    now = time.monotonic()
    with _lock:
        if len(_here) > MOST_HERE:
            _here.clear()
        ends = {name: max(_here.get(name, now), now) + PERIOD / n for name, n in buckets.items()}
        wait = max(0.0, *(end - now - PERIOD for end in ends.values()))
        if not wait:
            _here.update(ends)
    used = max(end - now for end in ends.values())
    left = max(math.floor((PERIOD - used) * limit / PERIOD), 0)
    return Standing(limit, left, math.ceil(used), math.ceil(wait))


def buckets_of(request: HttpRequest, *, is_read: bool) -> dict[str, int]:
    """The buckets of a request, the caller's first."""
    limit = settings.RATE_READS if is_read else settings.RATE_WRITES
    return buckets_for(request, "read" if is_read else "write", limit)


def buckets_for(request: HttpRequest, kind: str, limit: int) -> dict[str, int]:
    """The buckets of a kind of request, the caller's first."""
    address = get_adapter().get_client_ip(request)
    buckets = {f"limit:{kind}:{address}": limit * SHARED}
    credentials = request.headers.get("Authorization") or request.COOKIES.get(
        settings.SESSION_COOKIE_NAME
    )
    caller = hashlib.sha256((credentials or address).encode()).hexdigest()[:32]
    return {f"limit:{kind}:{caller}": limit} | buckets


class RateLimitMiddleware:
    """Counts every request to the API, and on pages those that change something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_api, is_read = request.path.startswith("/api/"), request.method in SAFE
        if is_read and not is_api:
            return self.get_response(request)
        standing = take(buckets_of(request, is_read=is_read), is_read=is_read)
        if standing is None:
            return self.get_response(request)
        if standing.wait:
            response = _refusal(request, standing.wait, is_api=is_api)
        else:
            response = self.get_response(request)
        if is_api:
            _tell(response, standing)
        return response


def _refusal(request: HttpRequest, wait: int, *, is_api: bool) -> HttpResponse:
    if is_api:
        response = problem(429, _("Too many requests. Please wait a little."))
    else:
        response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _tell(response: HttpResponse, standing: Standing) -> None:
    response["RateLimit-Limit"] = str(standing.limit)
    response["RateLimit-Remaining"] = str(standing.left)
    response["RateLimit-Reset"] = str(standing.reset)
    response["RateLimit-Policy"] = f"{standing.limit};w={PERIOD}"
