"""What stands in the list of a timeline: its length, its end, and what came out of order."""

from __future__ import annotations

from datetime import timedelta
from math import inf

import pytest
from django.utils import timezone

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote
from feeds import delivery, store, timelines
from feeds.delivery import deliver_published, fan_out
from feeds.tests.readers import feed_of
from feeds.timelines import END, MAKING, Held, key_of
from notes.models import Note

pytestmark = pytest.mark.django_db
SECOND = 1_000_000


def test_a_timeline_that_grew_is_cut_now_and_then(
    ann: User, mei: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timelines, "LENGTH", 5)
    monkeypatch.setattr(delivery, "LENGTH", 5)
    monkeypatch.setattr(delivery, "SLACK", 3)
    follow(mei, ann)
    notes, sizes = list[int](), list[int]()
    for n in range(12):
        assert feed_of(mei) == notes[::-1]
        notes.append(post_note(ann, str(n)).pk)
        deliver_published()
        sizes.append(store.client.llen(key_of(mei.pk, 1)) // 2)
    assert sizes == [1, 2, 3, 4, 5, 6, 7, 5, 6, 7, 8, 5]
    assert feed_of(mei) == notes[::-1]


def test_what_is_restored_below_the_end_of_a_timeline_hides_nothing_above_it(
    ann: User, mei: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timelines, "LENGTH", 5)
    follow(mei, ann)
    notes = [post_note(ann, str(n)).pk for n in range(12)]
    for hours, pk in enumerate(reversed(notes), 1):
        moment = timezone.now() - timedelta(hours=hours)
        Note.objects.filter(pk=pk).update(published_at=moment)
    assert feed_of(mei) == notes[::-1]
    fan_out(Note.objects.get(pk=notes[2]))
    page = timelines.read(mei, None, 6)
    assert [pk for pk, _ in page] == notes[:-7:-1]


def test_what_is_restored_makes_only_those_timelines_anew_that_lack_it(
    ann: User, mei: User, tang: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timelines, "LENGTH", 2)
    old, middle, new = (post_note(ann, title).pk for title in ("old", "middle", "new"))
    for hours, pk in enumerate((new, middle, old), 1):
        moment = timezone.now() - timedelta(hours=hours)
        Note.objects.filter(pk=pk).update(published_at=moment)
    for reader in (mei, tang):
        follow(reader, ann)
        assert feed_of(reader) == [new, middle, old]
    without = key_of(tang.pk, 1)
    store.client.ltrim(without, 0, 1)
    store.client.rpush(without, END)

    def which_are_there() -> list[bool]:
        return [bool(store.client.exists(key_of(reader.pk, 1))) for reader in (mei, tang)]

    fan_out(Note.objects.get(pk=new))
    assert which_are_there() == [True, True]
    fan_out(Note.objects.get(pk=old))  # below the end of one, missing in the other
    assert which_are_there() == [True, False]


def test_a_half_made_timeline_is_not_taken_for_a_whole_one(
    ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann)
    store.client.rpush(key_of(mei.pk, 1), MAKING)
    assert feed_of(mei) == [note.pk]


def test_notes_delivered_out_of_order_stand_in_order_each_once(ann: User, mei: User) -> None:
    moments = [1_000 * SECOND, 1_090 * SECOND, 1_030 * SECOND, 1_090 * SECOND, 2_000 * SECOND]
    pushed = [(moment, moment // SECOND) for moment in moments]
    listed = [str(number).encode() for pair in reversed(pushed) for number in pair]
    whole = Held.from_list([*listed, END])
    cut = Held.from_list([*listed])
    head = Held.from_list(listed[:8])
    assert whole is not None
    assert cut is not None
    assert head is not None
    in_order = [(moment // SECOND, moment) for moment in sorted(set(moments), reverse=True)]
    assert whole.page(inf, 9) == in_order
    assert whole.page(1_090 * SECOND, 9) == in_order[2:]
    assert (cut.page(inf, 1), cut.page(inf, 2)) == (in_order[:1], None)
    assert (head.page(inf, 1), head.page(inf, 2)) == (in_order[:1], None)


def test_a_reader_scrolls_past_the_end_of_the_timeline(
    ann: User, mei: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timelines, "LENGTH", 5)
    follow(mei, ann)
    notes = [post_note(ann, str(n)).pk for n in range(12)]
    assert feed_of(mei) == notes[::-1]
    assert store.client.llen(key_of(mei.pk, 1)) == 2 * 5
