"""What was met, written down once: batches cut short, begun again, and from whatever is there."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from feeds import meetings, store
from feeds.meetings import STREAM, active_readers, meet, seen_by, seen_key, write_down
from feeds.models import Encounter, Place, ReaderTopic, Signal, StreamPosition
from feeds.tests.test_following_property import write
from notes.models import Note, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(mei: User) -> list[Note]:
    """Three notes, the first two about tea."""
    notes = [write(mei) for _ in range(3)]
    tea = Topic.objects.create(name="tea", title="tea")
    for note in notes[:2]:
        note.topics.add(tea)
    return notes


def pks(notes: list[Note]) -> list[int]:
    return [note.pk for note in notes]


def length() -> int:
    return int(store.client.xlen(STREAM))


def counts(note: Note) -> tuple[int, int]:
    """How often it was seen and opened."""
    signal = Signal.objects.get(note=note)
    return signal.seen, signal.talked


class TestWritingDown:
    """From the stream of Redis into PostgreSQL, each entry once."""

    def test_one_entry_holds_a_page(self, ann: User, written: list[Note]) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        assert length() == 1
        assert write_down() == 3

    def test_times_are_those_of_the_meeting_and_not_of_the_writing(
        self, ann: User, written: list[Note]
    ) -> None:
        at = datetime(2026, 11, 1, 12, 30, 15, 250_000, UTC)
        packed = struct.pack("1q", written[0].pk)
        entry: dict[Any, Any] = {"r": ann.pk, "p": "h", "n": packed}
        store.client.xadd(STREAM, entry, id=f"{int(at.timestamp() * 1000)}-0")
        write_down()
        assert Encounter.objects.get().at == at

    def test_nothing_met_is_nothing_written(self, ann: User) -> None:
        meet(ann.pk, Place.HOME, [])
        assert length() == 0
        assert write_down() == 0

    def test_seen_and_opened_are_counted_apart(self, ann: User, written: list[Note]) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        meet(ann.pk, Place.EXPLORE, pks(written[:1]))
        meet(ann.pk, Place.OPENED, pks(written[:1]))
        write_down()
        assert [counts(note) for note in written] == [(2, 1), (1, 0), (1, 0)]

    def test_topics_are_counted_by_what_was_shown_and_not_by_what_was_opened(
        self, ann: User, written: list[Note]
    ) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        meet(ann.pk, Place.OPENED, pks(written))
        write_down()
        assert [(row.topic.name, row.seen) for row in ReaderTopic.objects.all()] == [("tea", 2)]

    def test_counts_grow_from_batch_to_batch(self, ann: User, written: list[Note]) -> None:
        for times in (1, 2, 3):
            meet(ann.pk, Place.HOME, pks(written))
            write_down()
            assert counts(written[0]) == (times, 0)
            assert ReaderTopic.objects.get().seen == 2 * times

    def test_a_note_that_went_meanwhile_stops_nobody(self, ann: User, written: list[Note]) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        gone = written[1]
        Note.objects.filter(pk=gone.pk).delete()
        write_down()
        assert counts(written[0]) == (1, 0)
        assert not Signal.objects.filter(note=gone.pk).exists()

    def test_a_reader_who_left_meanwhile_stops_nobody(self, ann: User, written: list[Note]) -> None:
        meet(999_999, Place.HOME, pks(written))
        meet(ann.pk, Place.HOME, pks(written))
        write_down()
        assert counts(written[0]) == (2, 0)
        assert {row.reader_id for row in ReaderTopic.objects.all()} == {ann.pk}

    def test_more_than_a_batch_is_written_in_several(
        self, ann: User, written: list[Note], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(meetings, "BATCH", 2)
        for _ in range(5):
            meet(ann.pk, Place.HOME, pks(written))
        assert write_down() == 15
        assert counts(written[0]) == (5, 0)
        assert write_down() == 0

    @pytest.mark.parametrize("broken", ["_store", "_count", "_count_topics"])
    def test_a_batch_cut_short_anywhere_is_written_whole_the_next_time(
        self, ann: User, written: list[Note], monkeypatch: pytest.MonkeyPatch, broken: str
    ) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        write_down()
        meet(ann.pk, Place.HOME, pks(written))
        before = StreamPosition.objects.get().last
        with monkeypatch.context() as patch:
            patch.setattr(meetings, broken, lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                write_down()
        assert StreamPosition.objects.get().last == before
        assert counts(written[0]) == (1, 0)
        assert Encounter.objects.count() == 3
        assert write_down() == 3
        assert (counts(written[0]), Encounter.objects.count()) == ((2, 0), 6)

    def test_what_was_written_and_not_yet_thrown_away_is_not_written_again(
        self, ann: User, written: list[Note]
    ) -> None:
        """The process died between its commit and the trimming of the stream."""
        meet(ann.pk, Place.HOME, pks(written))
        write_down()  # the test's transaction is open: nothing was trimmed
        assert length() == 1
        assert write_down() == 0

    def test_a_position_that_redis_has_forgotten_loses_nothing_new(
        self, ann: User, written: list[Note]
    ) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        write_down()
        store.client.flushdb()
        meet(ann.pk, Place.HOME, pks(written[:1]))
        assert write_down() == 1


class TestSeen:
    """What is not shown again."""

    def test_the_latest_are_remembered(
        self, ann: User, written: list[Note], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        meet(ann.pk, Place.HOME, pks(written))
        assert seen_by(ann.pk) == set(pks(written))
        monkeypatch.setattr(meetings, "SEEN", 2)
        now = int(timezone.now().timestamp())
        store.client.zadd(seen_key(ann.pk), {str(written[0].pk): now - 60})
        meet(ann.pk, Place.HOME, [written[2].pk])
        assert seen_by(ann.pk) == set(pks(written[1:]))

    def test_opening_is_no_showing(self, ann: User, written: list[Note]) -> None:
        meet(ann.pk, Place.OPENED, pks(written))
        assert seen_by(ann.pk) == set()

    def test_where_redis_has_forgotten_the_database_has_not(
        self, ann: User, written: list[Note]
    ) -> None:
        meet(ann.pk, Place.HOME, pks(written[:2]))
        meet(ann.pk, Place.OPENED, pks(written[2:]))
        write_down()
        store.client.flushdb()
        assert seen_by(ann.pk) == set(pks(written[:2]))

    def test_who_has_no_account_leaves_no_trace(self, written: list[Note]) -> None:
        meet(None, Place.EXPLORE, pks(written))
        meet(None, Place.OPENED, pks(written))
        assert store.client.keys() == []
        assert write_down() == 0
        assert not Signal.objects.exists()


class TestActive:
    """Whose homes are worth ranking before they come back."""

    def test_the_latest_come_first_and_only_so_many(
        self, ann: User, mei: User, tang: User, written: list[Note]
    ) -> None:
        now = int(timezone.now().timestamp())
        for age, reader in enumerate((ann, mei, tang)):
            meet(reader.pk, Place.HOME, pks(written))
            store.client.zadd("active", {str(reader.pk): now - age})
        assert active_readers(10) == [ann.pk, mei.pk, tang.pk]
        assert active_readers(2) == [ann.pk, mei.pk]

    def test_who_left_is_forgotten(self, ann: User, mei: User, written: list[Note]) -> None:
        for reader in (ann, mei):
            meet(reader.pk, Place.HOME, pks(written))
        long_ago = timezone.now() - timedelta(seconds=meetings.ACTIVE_FOR + 5)
        store.client.zadd("active", {str(mei.pk): int(long_ago.timestamp())})
        assert active_readers(10) == [ann.pk]
        assert store.client.zcard("active") == 1
