"""A reader who follows five thousand people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import block
from accounts.models import Follow, User
from feeds import store
from feeds.delivery import deliver_published, list_large_authors
from feeds.pages import following_page, home_page
from feeds.pools import list_fresh
from feeds.ranking import refresh_common
from feeds.timelines import reference
from notes.models import Image
from notes.tests.rows import note_of

FOLLOWEES = 5_000
WRITERS = 40  # of them, each with one note
pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(mei: User) -> list[User]:
    """Whom Mei follows, the writers first."""
    people = User.objects.bulk_create(
        User(
            username=f"person{n}",
            email=f"person{n}@example.org",
            languages=["zh"],
            follower_count=1,
        )
        for n in range(FOLLOWEES)
    )
    User.objects.filter(pk=mei.pk).update(following_count=FOLLOWEES)
    Follow.objects.bulk_create(Follow(follower=mei, followee=person) for person in people)
    for person in people[:WRITERS]:
        note = note_of(person, f"Of {person.username}")
        Image.objects.create(owner=person, note=note, status="ready", width=3, height=4)
    deliver_published()
    list_large_authors()
    list_fresh()
    refresh_common()
    return people


def whole(reader: User) -> list[int]:
    """Following, page by page."""
    found, cursor = list[int](), ""
    while True:
        page = following_page(reader, cursor)
        found += [row.pk for row in page.rows]
        if not (cursor := page.next_cursor):
            return found


def test_their_following_is_whole_before_and_after_redis_forgets(
    mei: User, crowd: list[User]
) -> None:
    expected = list(reference(mei).values_list("pk", flat=True))
    assert len(expected) == WRITERS
    assert [whole(mei), whole(mei)] == [expected, expected]  # made on the first time, then read
    store.client.flushdb()
    assert [whole(mei), whole(mei)] == [expected, expected]
    block(mei, crowd[3])
    mei.refresh_from_db()
    assert len(whole(mei)) == WRITERS - 1


def test_their_pages_cost_what_those_of_anybody_cost(
    mei: User, crowd: list[User], browser_of: Callable[[User], Client]
) -> None:
    assert len(home_page(mei).rows) == 20
    client = browser_of(mei)
    for path in ("/", "/following/", "/explore/", "/notifications/", "/settings/feed/"):
        client.get(path)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(path).status_code in {200, 302}, path
        assert len(statements) <= 12, path
