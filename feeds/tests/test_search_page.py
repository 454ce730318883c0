"""The page of search, suggestions, and one's own history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, suspend
from accounts.models import User
from conftest import PostNote, bring_to, introduce, make_person
from feeds.search.actions import KEPT, remember_search
from feeds.search.indexing import tick
from feeds.search.models import Asked, PopularQuery
from feeds.search.popular import refresh_popular
from feeds.search.suggesting import suggestions
from notes.actions import create_board

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def kinds(text: str, viewer: User) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in suggestions(text, viewer)]


def test_the_page_shows_cards_and_says_what_matched_in_translation(
    client: Client, mei: User, post_note: PostNote
) -> None:
    post_note(mei, "西湖的早晨", second_title="Morning on West Lake", language="zh")
    tick()
    english = client.get("/search/?q=west+lake").content.decode()
    assert english.count("西湖的早晨") == 1
    assert english.count("Matched in translation") == 1
    chinese = client.get("/search/?q=西湖").content.decode()
    assert "西湖的早晨" in chinese
    assert "Matched in translation" not in chinese
    assert '<meta name="robots" content="noindex">' in chinese


def test_nobody_is_asked_whether_they_meant_what_they_asked(
    browser_of: BrowserOf, ann: User
) -> None:
    browser = browser_of(ann)
    browser.get("/search/?q=zebra")
    page = browser.get("/search/?q=zebra&language=en").text
    assert "Nothing found for “zebra”" in page
    assert "Perhaps you mean" not in page


def test_what_is_talked_about_is_shown_in_pictures_that_the_reader_may_see(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    covers = [post_note(person, "Tea", "#tea").images.get() for person in (ann, tang)]
    assert covers[1].urls["360"] in client.get("/search/").text
    block(mei, tang)
    page = browser_of(mei).get("/search/").text
    assert covers[0].urls["360"] in page
    assert covers[1].urls["360"] not in page


def test_nothing_found_leads_on(client: Client, ann: User, post_note: PostNote) -> None:
    post_note(ann, "Tea", "#tea", language="en")
    tick()
    page = client.get("/search/?q=tea&language=zh").content.decode()
    assert "Nothing found for “tea”" in page
    assert 'href="?q=tea&amp;language=en">Show notes in English' in page
    assert 'href="?q=tea">Search without filters' in page
    assert 'href="/topics/tea/"' in page
    nothing = client.get("/search/?q=xylophone").content.decode()
    assert "Try fewer or other words" in nothing
    script = client.get("/search/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in script


def test_names_of_people_topics_and_boards(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    introduce(mei, bio="Tea and rivers")
    post_note(mei, "Morning", "#咖啡館 #teahouse")
    places = create_board(ann, "Tea places", is_private=False)
    assert places.case
    create_board(mei, "Tea secrets", is_private=True)
    block(tang, mei)
    tick()

    def named(viewer: User | None, q: str, kind: str, field: str) -> list[str]:
        answer = api(viewer).get("/api/v1/search/", {"q": q, "type": kind})
        return [result[field] for result in answer.json()["results"]]

    for q in ("mei", "me", "小梅", "xiaom", "rivers", "MEI"):
        assert named(ann, q, "users", "username") == ["mei"], q
    assert named(tang, "mei", "users", "username") == []
    for q in ("咖啡", "咖啡馆", "kafei", "kfg", "teah"):
        expected = "teahouse" if q == "teah" else "咖啡館"
        assert named(ann, q, "topics", "name") == [expected], q
    assert named(tang, "kafei", "topics", "name") == []
    assert named(ann, "te", "boards", "name") == ["Tea places"]
    assert named(tang, "tea", "boards", "name") == []
    bring_to(places.case, "published")
    assert named(tang, "tea", "boards", "name") == ["Tea places"]
    assert sorted(named(mei, "tea", "boards", "name")) == ["Tea places", "Tea secrets"]
    suspend(mei)
    assert named(ann, "mei", "users", "username") == []


def test_suggestions_while_typing_in_both_scripts_and_in_pinyin(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "Morning", "#咖啡 #coffee")
    tick()
    for typed in ("咖", "咖啡", "kaf", "kafei", "kf"):
        assert kinds(typed, ann) == [("topic", "咖啡")], typed
    assert kinds("coff", ann) == [("topic", "coffee")]
    assert kinds("mei", ann) == [("user", "小梅")]
    answer = api().get("/api/v1/search/suggest/?q=kafei").json()
    assert answer["results"] == [
        {"kind": "topic", "text": "咖啡", "url": "/topics/咖啡/", "detail": ""}
    ]


def test_what_several_people_asked_for_is_suggested_and_names_nobody(
    ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "Coffee")
    tick()
    askers = [make_person(f"asker{n}") for n in range(3)]
    for text in ("coffee", "nothing like it", "coffee 13812345678", "kill yourself coffee"):
        for asker in askers:
            remember_search(asker, text)
    remember_search(mei, "coffee alone")
    refresh_popular()
    assert list(PopularQuery.objects.values_list("text", "people")) == [("coffee", 3)]
    assert kinds("cof", mei) == [("history", "coffee alone"), ("query", "coffee")]
    assert kinds("cof", ann) == [("query", "coffee")]
    Asked.objects.update(at=timezone.now() - timedelta(days=31))
    refresh_popular()
    assert (kinds("cof", ann), Asked.objects.count()) == ([], 13)
    Asked.objects.update(at=timezone.now() - timedelta(days=181))
    refresh_popular()
    assert Asked.objects.count() == 0


def test_a_history_is_ones_own_and_can_be_forgotten(
    api: Api, browser_of: BrowserOf, ann: User, mei: User
) -> None:
    browser = browser_of(ann)
    for q in ("tea", "咖啡館", "TEA", "", "?!"):
        browser.get("/search/", {"q": q})
    api(ann).get("/api/v1/search/?q=lake")
    texts = [asked["text"] for asked in api(ann).get("/api/v1/me/searches/").json()["results"]]
    assert sorted(texts) == ["TEA", "lake", "咖啡館"]
    start = browser.get("/search/").content.decode()
    assert start.index("lake") < start.index("TEA") < start.index("咖啡館")
    assert kinds("", ann) == [("history", "lake"), ("history", "TEA"), ("history", "咖啡館")]
    assert kinds("", mei) == []
    lake = Asked.objects.get(text="lake")
    assert api(mei).delete(f"/api/v1/me/searches/{lake.pk}/").status_code == 204
    assert Asked.objects.count() == 3
    browser.post("/search/history/", {"search": lake.pk})
    assert not Asked.objects.filter(text="lake").exists()
    browser.post("/search/history/", {"search": "x"})
    assert Asked.objects.count() == 2
    browser.post("/search/history/")
    assert Asked.objects.count() == 0


def test_no_more_than_the_last_searches_are_kept(ann: User) -> None:
    for n in range(KEPT + 3):
        remember_search(ann, f"tea {n}")
    assert Asked.objects.by(ann).count() == KEPT
    assert not Asked.objects.filter(text="tea 0").exists()
