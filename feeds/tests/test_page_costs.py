"""Questions to the database: as many for three notes as for one, and few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.actions import follow, mute_word
from accounts.models import User
from conftest import PostNote, bring_to, make_person
from feeds.search.indexing import tick
from notes.actions import (
    change_note,
    create_board,
    like,
    save_draft,
    save_note,
    submit_comment,
)
from notes.editing import settle_edits
from notes.models import Board, Note
from notes.tests.rows import comment_of

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

MOST = 12
PAGES = ["/", "/?language=en", "/following/", "/topics/tea/", "/@ann/", "/search/?q=note"]
LISTS = [
    "/api/v1/feeds/explore/",
    "/api/v1/feeds/explore/?topic=tea",
    "/api/v1/feeds/following/",
    "/api/v1/users/ann/notes/",
    "/api/v1/users/ann/",
    "/api/v1/topics/",
    "/api/v1/search/?q=note",
    "/api/v1/search/?q=te&type=topics",
    "/api/v1/search/suggest/?q=te",
]


def cost(client: Client | APIClient, address: str) -> int:
    """Queries of an address that was asked for once before."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def costs_of_growth(
    client: Client | APIClient, address: str, ann: User, mei: User, post_note: PostNote
) -> list[int]:
    follow(mei, ann)
    costs = []
    for total in (1, 3):
        for n in range(total):
            note = post_note(ann, f"Note {n}", f"#tea #t{n}x @mei", images=n + 1)
            like(mei, note)
            bring_to(submit_comment(mei, note, "Lovely").case, "published")
        tick()
        costs.append(cost(client, address))
    return costs


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_more_notes_costs_no_more(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote, address: str
) -> None:
    one, more = costs_of_growth(browser_of(mei), address, ann, mei, post_note)
    assert one == more <= MOST


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_more_notes_costs_no_more(
    api: Api, ann: User, mei: User, post_note: PostNote, address: str
) -> None:
    one, more = costs_of_growth(api(mei), address, ann, mei, post_note)
    assert one == more <= MOST


@pytest.mark.parametrize(
    "address", ["/notes/{}/", "/api/v1/notes/{}/", "/api/v1/notes/{}/comments/"]
)
def test_a_note_of_more_pictures_and_words_costs_no_more(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote, address: str
) -> None:
    browser, costs = browser_of(mei), []
    for total in (1, 3):
        topics = " ".join(f"#t{n}x" for n in range(total))
        note = post_note(ann, f"{total}", f"{topics} @mei @tang", images=total)
        for _ in range(total):
            first = submit_comment(mei, note, "好美！")
            bring_to(first.case, "published")
            bring_to(submit_comment(tang, note, "Noise", first).case, "published")
        costs.append(cost(browser, address.format(note.pk)))
    for n in range(20):
        comment_of(tang, note, body=f"Comment {n}")
    costs.append(cost(browser, address.format(note.pk)))
    # What is read a lot is kept as it was drawn; a long talk is drawn anew.
    assert costs[0] == costs[1] <= costs[2] <= MOST


SHELVES = [
    "/@mei/boards/", "/boards/{board}/", "/boards/{board}/order/", "/boards/{board}/edit/",
    "/@mei/likes/", "/@mei/following/", "/@mei/followers/", "/notifications/", "/drafts/",
    "/decisions/", "/suggestions/", "/settings/words/", "/notes/{note}/history/",
    "/notes/{note}/save/", "/api/v1/boards/", "/api/v1/boards/{board}/notes/",
    "/api/v1/boards/{board}/", "/api/v1/users/mei/boards/",
    "/api/v1/notifications/", "/api/v1/me/drafts/", "/api/v1/users/mei/followers/",
    "/api/v1/decisions/", "/api/v1/notes/{note}/history/",
]  # fmt: skip


def test_nothing_of_ones_own_costs_more_the_more_there_is(
    browser_of: BrowserOf, mei: User, post_note: PostNote
) -> None:
    browser, board = browser_of(mei), create_board(mei, "Tea")
    note = post_note(mei, "Mine", "Of mine #tea")
    names = {"board": board.pk, "note": note.pk}
    costs: dict[str, list[int]] = {}
    for total in (1, 3):
        for n in range(total):
            keep_more(mei, f"friend_{total}{n}", note, board, post_note)
        for address in SHELVES:
            costs.setdefault(address, []).append(cost(browser, address.format(**names)))
    assert {at: both for at, both in costs.items() if both[0] != both[1] or both[1] > MOST} == {}


def keep_more(mei: User, name: str, note: Note, board: Board, post_note: PostNote) -> None:
    """One more of everything: friend, note, save, like, draft, board, comment, edit, decision."""
    friend = make_person(name)
    theirs = post_note(friend, name, images=2)
    follow(mei, friend)
    follow(friend, mei)
    like(mei, theirs)
    save_note(mei, theirs, board)
    save_draft(mei, title=name)
    create_board(mei, name)
    mute_word(mei, name)
    bring_to(submit_comment(friend, note, "Lovely").case, "published")
    change_note(note, mei, body=f"Another word for {name} #tea")
    bring_to(note.versions.get(shown_at=None).case, "published")
    settle_edits()
    post_note(mei, f"Held {name}", state="held")


def test_nobody_in_particular_costs_least(client: Client, ann: User, post_note: PostNote) -> None:
    post_note(ann)
    assert cost(client, "/") == 1
