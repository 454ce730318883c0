"""Following: complete, chronological, and equal to PostgreSQL whatever Redis lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.actions import follow, unfollow
from accounts.models import User
from conftest import PostNote, make_person
from feeds import store
from feeds.delivery import deliver_published, fan_out
from feeds.pages import following_page
from feeds.tests.readers import feed_of
from feeds.timelines import END, key_of, moment_of, reference, score_of
from moderation.actions import decide_by_hand
from moderation.models import Case
from moderation.policy import Outcome
from notes.models import Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def expected_of(reader: User) -> list[int]:
    return list(reference(reader).values_list("pk", flat=True))


def test_a_note_reaches_the_followers_and_its_author_only(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann)
    assert [feed_of(reader) for reader in (mei, ann, tang)] == [[note.pk], [note.pk], []]


def test_a_note_is_pushed_into_a_timeline_that_exists(
    ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    assert feed_of(mei) == []
    note = post_note(ann)
    assert note.published_at is not None
    score, pk = str(score_of(note.published_at)).encode(), str(note.pk).encode()
    assert store.client.lrange(key_of(mei.pk, 1), 0, -1) == [score, pk, END]
    assert feed_of(mei) == [note.pk]


def test_delivering_twice_is_delivering_once(ann: User, mei: User, post_note: PostNote) -> None:
    follow(mei, ann)
    feed_of(mei)
    note = post_note(ann)
    assert fan_out(note) == 2
    assert deliver_published() == 0
    assert feed_of(mei) == [note.pk]


def test_a_held_note_is_delivered_when_a_person_publishes_it(
    ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann, state="held")
    assert feed_of(mei) == []
    decide_by_hand(Case.objects.get(pk=note.case.pk), bo, Outcome.PUBLISH)
    assert deliver_published() == 1
    assert feed_of(mei) == [note.pk]


def test_a_note_removed_after_delivery_is_gone_at_once(
    ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    gone, kept = post_note(ann, "gone"), post_note(ann, "kept")
    assert feed_of(mei) == [kept.pk, gone.pk]
    decide_by_hand(Case.objects.get(pk=gone.case.pk), bo, Outcome.REMOVE, "harassment")
    assert feed_of(mei) == [kept.pk]


def test_following_and_unfollowing_act_on_the_next_page(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    first, second = post_note(ann), post_note(tang)
    assert feed_of(mei) == []
    follow(mei, ann)
    assert feed_of(mei) == [first.pk]
    follow(mei, tang)
    assert feed_of(mei) == [second.pk, first.pk]
    unfollow(mei, ann)
    assert feed_of(mei) == [second.pk]


def test_a_followers_only_note_leaves_with_the_follow(
    ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann, audience="followers")
    assert feed_of(mei) == [note.pk]
    unfollow(mei, ann)
    assert feed_of(mei) == []


def test_a_private_note_stays_with_its_author(ann: User, mei: User, post_note: PostNote) -> None:
    follow(mei, ann)
    feed_of(mei)
    note = post_note(ann, audience="private")
    assert (feed_of(mei), feed_of(ann)) == ([], [note.pk])


def test_a_lost_redis_loses_nothing(ann: User, mei: User, post_note: PostNote) -> None:
    follow(mei, ann)
    notes = [post_note(ann, str(n)).pk for n in range(7)]
    store.client.flushdb()
    assert feed_of(mei) == notes[::-1]


def test_without_redis_the_feed_comes_from_postgresql(
    ann: User, mei: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(mei, ann)
    notes = [post_note(ann, str(n)).pk for n in range(4)]
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert feed_of(mei) == notes[::-1]


def test_feeds_equal_the_reference_after_many_changes(
    ann: User, bo: User, post_note: PostNote
) -> None:
    """Random posts, follows, audience changes and removals, with pages read in between."""
    chance = random.Random(20)
    people = [make_person(f"walker{n}") for n in range(6)]
    for step in range(80):
        one, other = chance.sample(people, 2)
        kind = chance.randrange(6)
        if kind == 0:
            follow(one, other)
        elif kind == 1:
            unfollow(one, other)
        elif kind == 2 and Note.objects.exists():
            case = Case.objects.order_by("?")[0]
            outcome = chance.choice([Outcome.REMOVE, Outcome.LIMIT, Outcome.PUBLISH])
            decide_by_hand(case, bo, outcome, "harassment")
        else:
            audience = chance.choice(["public", "followers", "private"])
            post_note(one, f"step {step}", audience=audience)
        deliver_published()
        reader = chance.choice(people)
        assert feed_of(reader) == expected_of(reader)


def test_a_score_is_the_exact_moment(ann: User, post_note: PostNote) -> None:
    moment = post_note(ann).published_at
    assert moment is not None
    assert moment_of(score_of(moment)) == moment
    later = moment + timedelta(microseconds=1)
    assert score_of(later) == score_of(moment) + 1


def test_the_api_pages_through_following(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    notes = [post_note(ann, str(n)).pk for n in range(5)]
    client, url, seen = api(mei), "/api/v1/feeds/following/?limit=2", []
    while url:
        page = client.get(url).json()
        seen.append([note["id"] for note in page["results"]])
        url = page["next"]
    assert seen == [[notes[4], notes[3]], [notes[2], notes[1]], [notes[0]]]


@pytest.mark.parametrize("cursor", ["x", "f1.5", "f1.5:sig", "\x00", "9" * 3000])
def test_a_made_up_cursor_is_a_400(api: Api, mei: User, cursor: str) -> None:
    refused = api(mei).get("/api/v1/feeds/following/", {"cursor": cursor})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "cursor"


def test_the_cursor_of_another_reader_or_feed_is_a_400(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    for n in range(3):
        post_note(ann, str(n))
    cursor = following_page(ann, "", 1).next_cursor
    assert api(mei).get("/api/v1/feeds/following/", {"cursor": cursor}).status_code == 400
    assert api(ann).get("/api/v1/feeds/explore/", {"cursor": cursor}).status_code == 400


@pytest.mark.parametrize("limit", ["0", "51", "-1", "x", "", "٣"])
def test_a_bad_limit_is_a_400(api: Api, mei: User, limit: str) -> None:
    assert api(mei).get("/api/v1/feeds/following/", {"limit": limit}).status_code == 400


def test_following_needs_a_person(api: Api) -> None:
    assert api().get("/api/v1/feeds/following/").status_code == 401


def test_a_page_costs_few_queries_however_many_notes(
    api: Api, ann: User, mei: User, post_note: PostNote, django_assert_num_queries: Any
) -> None:
    follow(mei, ann)
    client = api(mei)
    client.get("/api/v1/feeds/following/")
    for expected in (1, 3):
        while Note.objects.count() < expected:
            post_note(ann)
        client.get("/api/v1/feeds/following/")
        # token, rows, comment counts
        with django_assert_num_queries(3):
            page = client.get("/api/v1/feeds/following/").json()
        assert len(page["results"]) == expected
