"""Redis away: every page and endpoint answers from PostgreSQL, and says the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.test import Client
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to
from feeds import store
from feeds.delivery import deliver_published
from feeds.pages import following_page
from feeds.search.indexing import tick
from feeds.tasks import rank_explore
from notes.actions import submit_note
from notes.models import Image, Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
CLOSED: Redis = Redis.from_url("redis://127.0.0.1:9/0", retry=Retry(NoBackoff(), 0))

PAGES = [
    "/", "/?language=zh", "/topics/tea/", "/following/", "/@ann/", "/notes/{}/", "/publish/",
    "/@ann/followers/", "/@ann/following/", "/notifications/", "/notifications/unread/",
    "/settings/profile/", "/accounts/login/", "/accounts/signup/", "/search/?q=tea",
]  # fmt: skip
ENDPOINTS = [
    "me/", "users/ann/", "users/ann/notes/", "users/ann/followers/", "users/ann/following/",
    "feeds/explore/", "feeds/explore/?language=en", "feeds/explore/?topic=tea",
    "feeds/following/", "notes/{}/", "notes/{}/comments/", "topics/", "topics/tea/",
    "notifications/", "notifications/unread/", "search/?q=tea", "search/suggest/?q=te",
]  # fmt: skip


@pytest.fixture
def note(ann: User, mei: User, post_note: PostNote) -> Note:
    follow(mei, ann)
    note = post_note(ann, "Morning", "#tea")
    tick()
    return note


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody listens on port 9 of this machine."""
    with monkeypatch.context() as patch:
        patch.setattr(store.client, "connection_pool", CLOSED.connection_pool)
        patch.setattr(store, "_away_until", 0.0)
        yield


def answer(client: Client | APIClient, address: str) -> tuple[int, str]:
    """Status and words, without what is new in every answer."""
    got = client.get(address)
    body = re.sub(r'(csrf\w*"?[^>]*value|nonce)="[^"]*"', "", got.content.decode())
    return got.status_code, body


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_the_same_without_redis(
    client: Client,
    browser_of: BrowserOf,
    mei: User,
    note: Note,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    address = address.format(note.pk)
    readers = [client, browser_of(mei)]
    with_redis = [answer(reader, address) for reader in readers]
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert [answer(reader, address) for reader in readers] == with_redis
    assert {status for status, _ in with_redis} <= {200, 302}


@pytest.mark.parametrize("address", ENDPOINTS)
def test_an_endpoint_says_the_same_without_redis(
    api: Api, mei: User, note: Note, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    client, address = api(mei), f"/api/v1/{address.format(note.pk)}"
    with_redis = answer(client, address)
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert answer(client, address) == with_redis
    assert with_redis[0] == 200


def test_a_port_that_is_closed_is_asked_once(
    api: Api, mei: User, note: Note, no_redis: None
) -> None:
    for path in ("feeds/explore/", "feeds/following/"):
        page = api(mei).get(f"/api/v1/{path}").json()
        assert [shown["id"] for shown in page["results"]] == [note.pk]
    assert store._away_until > 0
    asked: list[Redis] = []
    assert store.ask(asked.append) is None
    assert asked == []


def test_people_write_like_and_delete_without_redis(
    api: Api, ann: User, mei: User, note: Note, no_redis: None
) -> None:
    path = f"/api/v1/notes/{note.pk}/"
    codes = [
        api(mei).put(f"{path}like/").status_code,
        api(mei).post(f"{path}comments/", {"body": "Lovely"}).status_code,
        api(mei).delete(f"{path}like/").status_code,
        api(mei).delete("/api/v1/users/ann/follow/").status_code,
        api(ann).delete(path).status_code,
    ]
    assert codes == [204, 201, 204, 204, 204]


def test_a_note_published_while_redis_was_away_arrives_when_it_is_back(
    ann: User, mei: User, ready_image: Callable[..., Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(mei, ann)
    mei.refresh_from_db()
    assert following_page(mei).rows == []
    published = submit_note(ann, "Meanwhile", "", [ready_image(ann).pk])
    bring_to(published.case, "published")
    with monkeypatch.context() as away:
        away.setattr(store.client, "connection_pool", CLOSED.connection_pool)
        with suppress(RedisError):
            deliver_published()
    deliver_published()
    published.refresh_from_db()
    assert published.delivered_at is not None
    assert [row.pk for row in following_page(mei).rows] == [published.pk]


def test_the_order_of_explore_is_made_and_readiness_told_without_redis(
    client: Client, note: Note, no_redis: None
) -> None:
    rank_explore()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["failing"]) == (503, ["redis", "worker"])
