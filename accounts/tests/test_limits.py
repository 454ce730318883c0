"""Rate limits: exact for a crowd, told in headers, open without Redis."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import LazySettings
from django.test import Client
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.test import APIClient

from accounts import limits
from accounts.models import User

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
CLOSED: Redis = Redis.from_url("redis://127.0.0.1:9/0", retry=Retry(NoBackoff(), 0))


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens on port 9 of this machine."""
    monkeypatch.setattr(limits.client, "connection_pool", CLOSED.connection_pool)
    monkeypatch.setattr(limits, "_away_until", 0.0)
    monkeypatch.setattr(limits, "_here", {})


def test_every_answer_says_what_is_left(api: Api, ann: User, settings: LazySettings) -> None:
    settings.RATE_READS = 10
    client = api(ann)
    first, second = (client.get("/api/v1/me/") for _ in range(2))
    assert first.headers["RateLimit-Limit"] == "10"
    assert first.headers["RateLimit-Policy"] == "10;w=60"
    left = [int(answer.headers["RateLimit-Remaining"]) for answer in (first, second)]
    assert left == [9, 8]
    assert 1 <= int(first.headers["RateLimit-Reset"]) <= 60


def test_who_asks_too_often_waits_and_is_told_how_long(
    api: Api, ann: User, mei: User, settings: LazySettings
) -> None:
    settings.RATE_READS = 3
    client = api(ann)
    answers = [client.get("/api/v1/me/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.json()["title"] == "Too Many Requests"
    assert api(mei).get("/api/v1/me/").status_code == 200


def test_reading_and_writing_are_counted_apart(api: Api, ann: User, settings: LazySettings) -> None:
    settings.RATE_WRITES = 1
    client = api(ann)
    codes = [client.put("/api/v1/users/nobody/follow/").status_code for _ in range(2)]
    assert codes == [404, 429]
    assert client.get("/api/v1/me/").status_code == 200


def test_made_up_tokens_share_the_bucket_of_their_address(settings: LazySettings) -> None:
    settings.RATE_READS = 1
    codes = [
        Client().get("/api/v1/rules/", headers={"Authorization": f"Bearer {n}"}).status_code
        for n in range(6)
    ]
    assert codes == [401] * 5 + [429]
    elsewhere = Client().get("/api/v1/rules/", REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 200


def test_an_address_is_believed_only_from_our_own_proxy(settings: LazySettings) -> None:
    settings.RATE_READS = 1
    codes = [
        Client().get("/api/v1/rules/", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(2)
    ]
    assert codes == [200, 429]


def test_forms_of_pages_are_counted_and_pages_are_not(
    browser_of: BrowserOf, ann: User, mei: User, settings: LazySettings
) -> None:
    settings.RATE_WRITES = 1
    browser = browser_of(ann)
    assert browser.post("/@mei/follow/").status_code == 302
    refused = browser.post("/@mei/follow/")
    assert refused.status_code == 429
    assert "A little slower" in refused.content.decode()
    assert int(refused.headers["Retry-After"]) >= 1
    assert [browser.get("/@mei/").status_code for _ in range(5)] == [200] * 5


def test_a_crowd_at_once_gets_exactly_what_there_is() -> None:
    def once(_: int) -> bool:
        standing = limits.take({"limit:crowd": 40}, is_read=True)
        assert standing is not None
        return not standing.wait

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(once, range(100))) == 40


def test_without_redis_everybody_reads(
    no_redis: None, api: Api, ann: User, settings: LazySettings
) -> None:
    settings.RATE_READS = 1
    client = api(ann)
    assert [client.get("/api/v1/me/").status_code for _ in range(3)] == [200] * 3


def test_without_redis_writes_are_counted_where_they_come_in(
    no_redis: None, api: Api, ann: User, mei: User, settings: LazySettings
) -> None:
    settings.RATE_WRITES = 2
    client = api(ann)
    codes = [client.put("/api/v1/users/mei/follow/").status_code for _ in range(3)]
    assert codes == [204, 204, 429]
    settings.RATE_WRITES = 40
    taken = [limits.take({"limit:here": 40}, is_read=False) for _ in range(41)]
    assert [standing.wait > 0 for standing in taken if standing] == [False] * 40 + [True]
