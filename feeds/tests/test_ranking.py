"""Explore: the liked and the recent first, new voices mixed in, stable while one reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote
from feeds import store
from feeds.pages import explore_page
from feeds.ranking import Scope, mix, rank, refresh_common
from moderation.actions import decide_by_hand
from moderation.judging import judge_profiles
from moderation.models import Case
from moderation.policy import Outcome
from notes.models import Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def age(note: Note, hours: float, likes: int = 0) -> Note:
    moment = timezone.now() - timedelta(hours=hours)
    Note.objects.filter(pk=note.pk).update(published_at=moment, like_count=likes)
    return note


@pytest.mark.parametrize(
    ("hottest", "newest", "mixed"),
    [
        ([], [], []),
        ([1], [1], [1]),
        ([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [1, 2, 6, 3, 4, 5]),
        ([1, 2, 3], [9, 8, 7], [1, 2, 9, 3, 8, 7]),
        ([1, 2, 3, 4], [], [1, 2, 3, 4]),
    ],
)
def test_every_third_place_is_for_a_new_voice(
    hottest: list[int], newest: list[int], mixed: list[int]
) -> None:
    assert mix(hottest, newest) == mixed


def test_the_liked_and_the_recent_come_first(ann: User, post_note: PostNote) -> None:
    old = age(post_note(ann, "old"), hours=100)
    loved = age(post_note(ann, "loved"), hours=100, likes=5000)
    liked = age(post_note(ann, "liked"), hours=20, likes=30)
    fresh = age(post_note(ann, "fresh"), hours=1)
    assert rank(Scope()) == [fresh.pk, liked.pk, loved.pk, old.pk]


def test_a_new_note_is_among_the_first_three(ann: User, post_note: PostNote) -> None:
    for n in range(6):
        age(post_note(ann, f"loved {n}"), hours=1, likes=900 + n)
    new = post_note(ann, "new")
    assert rank(Scope()).index(new.pk) <= 2


def test_explore_is_ranked_by_language(ann: User, mei: User, post_note: PostNote) -> None:
    english = post_note(ann, "A quiet walk by the lake")
    chinese = post_note(mei, "西湖边安静的散步")
    assert rank(Scope("en")) == [english.pk]
    assert rank(Scope("zh")) == [chinese.pk]


def test_a_topic_is_an_explore_of_its_own(api: Api, ann: User, post_note: PostNote) -> None:
    tea = post_note(ann, "Morning #tea")
    post_note(ann, "Evening")
    for name in ("tea", "TEA", "ｔｅａ"):
        page = api().get("/api/v1/feeds/explore/", {"topic": name}).json()
        assert [note["id"] for note in page["results"]] == [tea.pk]


def test_only_what_may_be_recommended_is_ranked(ann: User, post_note: PostNote) -> None:
    for state in ("pending", "held", "limited", "removed"):
        post_note(ann, state, state=state)
    post_note(ann, "followers", audience="followers")
    assert rank(Scope()) == []


def test_a_note_limited_after_ranking_is_gone_at_once(
    ann: User, bo: User, post_note: PostNote
) -> None:
    gone, kept = post_note(ann, "gone"), post_note(ann, "kept")
    assert len(explore_page(ann, Scope()).rows) == 2
    decide_by_hand(Case.objects.get(pk=gone.case.pk), bo, Outcome.LIMIT, "spam_scam")
    assert [row.pk for row in explore_page(ann, Scope()).rows] == [kept.pk]


def test_a_reader_who_scrolls_sees_every_note_once_while_the_order_moves(
    ann: User, post_note: PostNote
) -> None:
    notes = {age(post_note(ann, str(n)), hours=n).pk for n in range(9)}
    refresh_common()
    seen: list[int] = []
    cursor = ""
    for turn in range(3):
        page = explore_page(ann, Scope(), cursor, 3)
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        age(post_note(ann, f"later {turn}"), hours=0, likes=100)
        refresh_common()
    assert (sorted(seen), cursor) == (sorted(notes), "")


def test_an_order_that_did_not_change_keeps_its_version(ann: User, post_note: PostNote) -> None:
    post_note(ann)
    refresh_common()
    first = store.client.get(Scope().key("current"))
    refresh_common()
    assert store.client.get(Scope().key("current")) == first


def test_a_lost_redis_and_an_absent_one_change_nothing(
    ann: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [age(post_note(ann, str(n)), hours=n).pk for n in range(5)]
    first = explore_page(ann, Scope(), "", 3)
    store.client.flushdb()
    assert [row.pk for row in explore_page(ann, Scope(), "", 3).rows] == notes[:3]
    assert [row.pk for row in explore_page(ann, Scope(), first.next_cursor, 3).rows] == notes[3:]
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert [row.pk for row in explore_page(ann, Scope(), "", 3).rows] == notes[:3]


def test_the_api_speaks_of_likes_and_comments_as_they_are_now(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    client = api(mei)
    client.get("/api/v1/feeds/explore/")
    client.put(f"/api/v1/notes/{note.pk}/like/")
    shown = client.get("/api/v1/feeds/explore/").json()["results"][0]
    assert (shown["like_count"], shown["viewer"]) == (1, {"liked": True, "saved": False})
    alone = client.get(f"/api/v1/notes/{note.pk}/").json()
    assert alone == shown


def test_a_new_name_shows_once_it_is_published(api: Api, ann: User, post_note: PostNote) -> None:
    post_note(ann)
    assert _author(api()) == "Ann"
    api(ann).patch("/api/v1/me/", {"display_name": "Ann of Ohio"})
    assert _author(api()) == "Ann"
    judge_profiles()
    assert _author(api()) == "Ann of Ohio"


def _author(client: APIClient) -> str:
    page = client.get("/api/v1/feeds/explore/").json()
    return str(page["results"][0]["author"]["display_name"])


@pytest.mark.parametrize("query", [{"language": "fr"}, {"cursor": "x"}, {"limit": "99"}])
def test_a_bad_question_is_a_400(api: Api, query: dict[str, str]) -> None:
    assert api().get("/api/v1/feeds/explore/", query).status_code == 400


def test_an_unknown_topic_is_an_empty_page(api: Api) -> None:
    page = api().get("/api/v1/feeds/explore/", {"topic": "nothing\x00here"}).json()
    assert page == {"next": None, "previous": None, "results": []}
