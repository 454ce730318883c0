"""Cursors: signed, of one feed and one reader; whatever is changed in them is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote
from feeds import cursors
from feeds.cursors import BadCursorError
from feeds.pages import explore_page, following_page, home_page
from feeds.ranking import Scope

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]

CHANGES: list[Callable[[str], str]] = [
    lambda cursor: cursor[:-1],
    lambda cursor: cursor + "A",
    lambda cursor: cursor[1:],
    lambda cursor: "x" + cursor,
    lambda cursor: cursor.replace(":", ""),
    lambda cursor: cursor.replace(":", "::"),
    lambda cursor: cursor.split(":")[0],
    lambda cursor: ":" + cursor.split(":")[1],
    lambda cursor: cursor.split(":")[0] + ":",
    lambda cursor: cursor.replace(".", ".-", 1),
    lambda cursor: cursor.replace(".", ".9", 1),
    lambda cursor: cursor.swapcase(),
    lambda cursor: cursor + "\x00",
    lambda cursor: cursor * 2,
    lambda cursor: signing.Signer(salt="other").sign(cursor.split(":")[0]),
    lambda cursor: signing.Signer(key="guess", salt="cursor").sign(cursor.split(":")[0]),
]
SCOPES = [
    Scope(),
    Scope("zh"),
    Scope("en"),
    Scope("", "tea"),
    Scope("", "秋天"),
    Scope("zh", "a-b"),
]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_cursor_of_explore_is_refused(scope: Scope, change: Callable[[str], str]) -> None:
    cursor = cursors.after_offset(scope, "1700000000000", 20)
    assert cursors.read_offset(scope, cursor) == ("1700000000000", 20)
    with pytest.raises(BadCursorError):
        cursors.read_offset(scope, change(cursor))


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_cursor_of_following_is_refused(change: Callable[[str], str]) -> None:
    ann = User(pk=7)
    cursor = cursors.after_score(ann, 1_700_000_000_123_456)
    assert cursors.read_score(ann, cursor) == 1_700_000_000_123_456
    with pytest.raises(BadCursorError):
        cursors.read_score(ann, change(cursor))


def test_a_cursor_opens_its_own_feed_and_no_other() -> None:
    made = {scope: cursors.after_offset(scope, "17", 20) for scope in SCOPES}
    for scope in SCOPES:
        opened = []
        for other, cursor in made.items():
            try:
                cursors.read_offset(scope, cursor)
            except BadCursorError:
                continue
            opened.append(other)
        assert opened == [scope]


def test_a_cursor_belongs_to_its_reader() -> None:
    ann, mei = User(pk=1), User(pk=11)
    for reader, other in ((ann, mei), (mei, ann)):
        with pytest.raises(BadCursorError):
            cursors.read_score(other, cursors.after_score(reader, 5))


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_pages_and_api_answer_a_changed_cursor_with_a_400(
    api: Api, browser_of: BrowserOf, ann: User, post_note: PostNote, change: Callable[[str], str]
) -> None:
    post_note(ann, "One")
    post_note(ann, "Two")
    browser, client = browser_of(ann), api(ann)
    for feed, cursor in {
        "home": home_page(ann, "", 1).next_cursor,
        "explore": explore_page(ann, Scope(), "", 1).next_cursor,
        "following": following_page(ann, "", 1).next_cursor,
    }.items():
        page = "/" if feed == "home" else f"/{feed}/"
        addresses = [(browser, page), (client, f"/api/v1/feeds/{feed}/")]
        for whole, expected in ((cursor, 200), (change(cursor), 400)):
            codes = [
                reader.get(address, {"cursor": whole}).status_code for reader, address in addresses
            ]
            assert codes == [expected, expected]
