"""Delivery and ranking by several workers at once: oldest first, each note once, none lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import cast

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to, make_person
from feeds import store, timelines
from feeds.delivery import deliver_published
from feeds.pages import following_page
from feeds.ranking import Scope, rank
from feeds.tasks import deliver, rank_explore
from feeds.timelines import Held, key_of, reference
from moderation.models import Case
from notes.actions import submit_note
from notes.models import Image, Note

Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db


def publish(author: User, image: Image, title: str) -> Note:
    """A note that is published and not delivered yet."""
    note = submit_note(author, title, "", [image.pk])
    bring_to(note.case, "published")
    return note


def entries(reader: User) -> list[bytes]:
    reader.refresh_from_db()
    return cast(list[bytes], store.client.lrange(timeline_of(reader), 0, -1))


def timeline_of(reader: User) -> str:
    return key_of(reader.pk, reader.following_version)


def timeline(reader: User) -> list[int] | None:
    """What Redis holds for a reader, newest first; None while it is made."""
    held = Held.from_list(entries(reader))
    return None if held is None else [pk for pk, _ in held.notes]


def titles(reader: User) -> list[str]:
    reader.refresh_from_db()
    rows = following_page(reader).rows
    found = Note.objects.in_bulk([row.pk for row in rows])
    return [found[row.pk].title for row in rows]


def at_once(workers: int, work: Callable[[], object]) -> None:
    together = Barrier(workers)

    def run(_: int) -> None:
        together.wait()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(run, range(workers)))


def test_what_was_decided_first_is_delivered_first(
    ann: User, mei: User, ready_image: Ready
) -> None:
    follow(mei, ann)
    notes = {title: publish(ann, ready_image(ann), title) for title in "abc"}
    now = timezone.now()
    for minutes, title in enumerate("bca"):
        decided = now - timedelta(minutes=10 - minutes)
        Case.objects.filter(pk=notes[title].case.pk).update(decided_at=decided)
    assert deliver_published() == 3
    dated = list(Note.objects.order_by("published_at").values_list("title", flat=True))
    assert (dated, titles(mei)) == (["b", "c", "a"], ["a", "c", "b"])


def test_a_long_queue_is_delivered_in_portions(ann: User, ready_image: Ready) -> None:
    for title in "abcde":
        publish(ann, ready_image(ann), title)
    assert [deliver_published(at_most=2) for _ in range(4)] == [2, 2, 1, 0]
    dated = list(Note.objects.order_by("published_at").values_list("title", flat=True))
    assert dated == list("abcde")


def test_a_beat_that_rings_twice_changes_nothing(ann: User, mei: User, ready_image: Ready) -> None:
    follow(mei, ann)
    titles(mei)
    publish(ann, ready_image(ann), "once")
    deliver()
    rank_explore()
    before = (Note.objects.values().get(), timeline(mei), store.client.get(Scope().key("current")))
    deliver()
    rank_explore()
    after = (Note.objects.values().get(), timeline(mei), store.client.get(Scope().key("current")))
    assert after == before
    assert before[1] == [before[0]["id"]]


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_deliver_each_note_once(ready_image: Ready) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    follow(mei, ann)
    assert titles(mei) == []
    notes = [publish(ann, ready_image(ann), f"{n}").pk for n in range(8)]
    at_once(4, deliver)
    at_once(4, rank_explore)
    assert timeline(mei) == notes[::-1]
    assert not Note.objects.undelivered().exists()
    dates = [note.published_at for note in Note.objects.newest()]
    assert [score for _, score in timelines.read(mei, None, 20)] == [
        timelines.score_of(date) for date in dates if date
    ]
    assert rank(Scope()) == notes[::-1]


@pytest.mark.django_db(transaction=True)
def test_notes_published_while_timelines_are_rebuilt_are_not_lost(ready_image: Ready) -> None:
    ann = make_person("ann")
    readers = [make_person(f"reader{n}") for n in range(6)]
    for reader in readers:
        follow(reader, ann)
        reader.refresh_from_db()
    images = [ready_image(ann) for _ in range(6)]
    together = Barrier(len(readers) + 1)

    def write() -> None:
        together.wait()
        try:
            for n, image in enumerate(images):
                publish(ann, image, f"{n}")
                deliver_published()
        finally:
            connection.close()

    def read(reader: User) -> None:
        together.wait()
        try:
            for _ in range(12):
                store.client.delete(key_of(reader.pk, reader.following_version))
                following_page(reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(readers) + 1) as pool:
        done = [pool.submit(write), *(pool.submit(read, reader) for reader in readers)]
        for each in done:
            each.result()
    for reader in readers:
        expected = list(reference(reader).values_list("pk", flat=True))
        assert following_page(reader).rows != []
        assert timeline(reader) == expected
    assert len(expected) == 6


def test_a_note_pushed_between_the_first_key_and_the_reading_stays(
    ann: User, mei: User, ready_image: Ready
) -> None:
    follow(mei, ann)
    mei.refresh_from_db()
    mark = timelines.MAKING + b"by somebody"
    assert timelines.begin(keys=[timeline_of(mei)], args=[mark, 30]) == 1
    publish(ann, ready_image(ann), "just now")
    deliver_published()
    assert titles(mei) == titles(mei) == ["just now"]
    assert timeline(mei) is None
    timelines.finish(keys=[timeline_of(mei)], args=[b"another", 30, timelines.END])
    assert timeline(mei) is None
    timelines.finish(keys=[timeline_of(mei)], args=[mark, 30, timelines.END])
    assert timeline(mei) == [Note.objects.get().pk]


def test_a_timeline_that_nobody_finished_is_made_again_soon(ann: User, mei: User) -> None:
    assert timelines.begin(keys=[timeline_of(mei)], args=[timelines.MAKING, 30]) == 1
    assert 0 < store.client.ttl(timeline_of(mei)) <= 30
    titles(mei)
    assert timeline(mei) is None
    assert 0 < store.client.ttl(timeline_of(mei)) <= 30
    store.client.delete(timeline_of(mei))
    titles(mei)
    assert timeline(mei) == []
    assert store.client.ttl(timeline_of(mei)) > 86_400


# Hours of age and likes of two notes: which of them is warmer.
HEAT = [
    ((1, 0), (2, 0), 0),
    ((2, 0), (1, 0), 1),
    ((1, 0), (13, 8), 0),
    ((1, 0), (13, 10), 1),
    ((1, 9), (13, 80), 0),
    ((1, 9), (13, 110), 1),
    ((0, 0), (37, 880), 0),
    ((0, 0), (37, 2_000), 1),
    ((5, 3), (5, 4), 1),
    ((100, 0), (100, 1), 1),
]


@pytest.mark.parametrize(("one", "other", "warmer"), HEAT)
def test_ten_times_the_likes_are_twelve_and_a_half_hours(
    ann: User, post_note: PostNote, one: tuple[int, int], other: tuple[int, int], warmer: int
) -> None:
    now, notes = timezone.now(), []
    for hours, likes in (one, other):
        note = post_note(ann)
        moment = now - timedelta(hours=hours)
        Note.objects.filter(pk=note.pk).update(published_at=moment, like_count=likes)
        notes.append(note.pk)
    assert rank(Scope()) == [notes[warmer], notes[1 - warmer]]


def test_of_two_equal_notes_the_later_comes_first(ann: User, post_note: PostNote) -> None:
    notes = [post_note(ann, title).pk for title in "abc"]
    Note.objects.update(published_at=timezone.now())
    assert rank(Scope()) == notes[::-1]
