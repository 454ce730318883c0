"""Home: ranked for one reader, true about why, and obedient on the next page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import follow, mute, mute_word
from accounts.models import User
from conftest import PostNote, bring_to, make_person
from feeds import home, meetings, store
from feeds.actions import change_taste, forget_taste, want_less
from feeds.models import Encounter, Less, ReaderTopic, Signal, Taste
from feeds.pages import home_page
from feeds.pools import list_fresh
from feeds.ranking import refresh_common
from feeds.scoring import TERMS
from feeds.tests.homes import ids
from notes.actions import follow_topic, mute_topic
from notes.models import Note, Topic

Api = Callable[..., APIClient]


def forget_order(reader: User) -> None:
    """As if the reader came back later: an order made anew."""
    store.client.delete(home.key_of(reader))


def test_a_home_holds_what_may_be_recommended_and_nothing_else(
    ann: User, mei: User, notes: list[Note], post_note: PostNote
) -> None:
    hidden = [
        post_note(mei, state="limited"), post_note(mei, state="held"),
        post_note(mei, audience="followers"), post_note(mei, audience="private"),
    ]  # fmt: skip
    found = ids(ann)
    assert sorted(found) == sorted(note.pk for note in notes)
    assert not {note.pk for note in hidden} & set(found)


def test_a_note_that_is_removed_meanwhile_is_not_shown(ann: User, notes: list[Note]) -> None:
    assert notes[0].pk in ids(ann)
    bring_to(notes[0].case, "removed")
    assert notes[0].pk not in ids(ann)


def test_what_was_seen_makes_room_for_what_was_not(
    ann: User, notes: list[Note], tang: User, post_note: PostNote
) -> None:
    first = ids(ann, limit=3)
    forget_order(ann)
    assert not set(ids(ann, limit=3)) & set(first)


def test_pages_follow_each_other_without_repeating(ann: User, notes: list[Note]) -> None:
    page = home_page(ann, limit=3)
    shown = [row.pk for row in page.rows]
    while page.next_cursor:
        page = home_page(ann, page.next_cursor, 3)
        shown += [row.pk for row in page.rows]
    assert sorted(shown) == sorted(note.pk for note in notes)


def test_a_cursor_goes_on_after_the_order_was_made_anew(ann: User, notes: list[Note]) -> None:
    page = home_page(ann, limit=3)
    forget_order(ann)
    later = home_page(ann, page.next_cursor, 10)
    assert not {row.pk for row in page.rows} & {row.pk for row in later.rows[:5]}


def test_without_redis_a_home_is_ranked_on_the_spot(
    ann: User, notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert sorted(ids(ann)) == sorted(note.pk for note in notes)


def test_redis_flushed_in_between_changes_nothing(ann: User, notes: list[Note]) -> None:
    before = ids(ann)
    meetings.write_down()
    store.client.flushdb()
    refresh_common()
    assert sorted(ids(ann)) == sorted(before)


def test_who_followed_and_what_topic_come_first(ann: User, mei: User, notes: list[Note]) -> None:
    order = home.rank(ann)
    scores = dict(zip(order.ids.tolist(), order.scores.tolist(), strict=True))
    follow(ann, mei)
    follow_topic(ann, Topic.objects.get(name="hills"))
    ann.refresh_from_db()
    later = home.rank(ann)
    raised = dict(zip(later.ids.tolist(), later.scores.tolist(), strict=True))
    both = next(note.pk for note in notes if note.author == mei and "hills" in note.body)
    assert raised[both] > scores[both]
    followed = later.values[later.ids.tolist().index(both)][TERMS.index("followed")]
    assert followed == 1


class TestReadersControls:
    """Each acts on the very next page."""

    def test_less_like_this(self, ann: User, notes: list[Note]) -> None:
        target = Note.objects.get(pk=ids(ann)[0])
        want_less(ann, target)
        want_less(ann, target)
        ann.refresh_from_db()
        assert target.pk not in ids(ann)
        assert Less.objects.count() == 1
        assert Signal.objects.get(note=target).disliked == 1

    def test_a_muted_topic(self, ann: User, notes: list[Note]) -> None:
        ids(ann)
        mute_topic(ann, Topic.objects.get(name="hills"))
        assert not [note for note in notes if "hills" in note.body and note.pk in ids(ann)]

    def test_a_muted_word(self, ann: User, notes: list[Note]) -> None:
        assert notes[4].pk in ids(ann)
        mute_word(ann, "TEA 4")
        assert notes[4].pk not in ids(ann)

    def test_a_muted_author(self, ann: User, mei: User, notes: list[Note]) -> None:
        ids(ann)
        mute(ann, mei)
        ann.refresh_from_db()
        assert not {n.pk for n in notes if n.author == mei} & set(ids(ann))

    def test_no_other_language(self, ann: User, notes: list[Note]) -> None:
        change_taste(ann, other_language="none")
        ann.refresh_from_db()
        list_fresh()
        assert {Note.objects.get(pk=pk).language for pk in ids(ann)} == {"en"}

    def test_not_personal(self, ann: User, mei: User, notes: list[Note]) -> None:
        follow(ann, mei)
        change_taste(ann, personal=False)
        ann.refresh_from_db()
        order = home.rank(ann)
        for term in ("followed", "topic", "taste", "chosen"):
            assert not order.values[:, TERMS.index(term)].any()

    def test_forgetting(self, ann: User, notes: list[Note]) -> None:
        ids(ann)
        meetings.write_down()
        store.client.set(f"vector:{ann.pk}", b"x")
        assert ReaderTopic.objects.filter(reader=ann).exists()
        forget_taste(ann)
        assert not ReaderTopic.objects.filter(reader=ann).exists()
        assert not Encounter.objects.filter(reader=ann).exists()
        assert not store.client.exists(f"vector:{ann.pk}")
        assert Taste.of(ann).forgotten_at

    def test_everything_muted_is_an_empty_page(
        self, ann: User, notes: list[Note], browser_of: Callable[[User], Client]
    ) -> None:
        for topic in Topic.objects.all():
            mute_topic(ann, topic)
        User.objects.filter(pk=ann.pk).update(date_joined=timezone.now() - timedelta(days=9))
        response = browser_of(ann).get("/")
        assert response.status_code == 200
        assert ids(ann) == []


@pytest.mark.parametrize("tamper", ["x", "h1.2.3:abc"])
def test_a_cursor_of_ones_own_making_is_refused(ann: User, api: Api, tamper: str) -> None:
    assert api(ann).get("/api/v1/feeds/home/", {"cursor": tamper}).status_code == 400


def test_a_cursor_of_another_feed_or_reader_is_refused(
    ann: User, mei: User, notes: list[Note], api: Api
) -> None:
    mine = home_page(ann, limit=2).next_cursor
    assert api(mei).get("/api/v1/feeds/home/", {"cursor": mine}).status_code == 400
    assert api(ann).get("/api/v1/feeds/explore/", {"cursor": mine}).status_code == 400
    assert api(ann).get("/api/v1/feeds/home/", {"cursor": mine}).status_code == 200


def test_somebody_who_follows_very_many_has_a_home(ann: User, notes: list[Note]) -> None:
    many = [make_person(f"many{n}") for n in range(3)]
    for person in many:
        follow(ann, person)
    ann.refresh_from_db()
    assert len(ids(ann)) == 8
