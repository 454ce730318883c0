"""Pools and meetings: first readers for every note, and what was shown, written down once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote
from feeds import candidates, meetings
from feeds.models import Encounter, ReaderTopic, Signal, Taste
from feeds.pools import list_fresh, promote
from feeds.tests.homes import ids
from notes.models import Note

Api = Callable[..., APIClient]


class TestPools:
    """Every note gets its first readers, and rises by what they say."""

    def test_notes_that_were_not_seen_are_listed(self, notes: list[Note], ann: User) -> None:
        list_fresh()
        assert set(candidates._fresh(ann, Taste(reader=ann))) == {n.pk for n in notes}
        Signal.objects.create(note=notes[0], seen=20)
        list_fresh()
        assert notes[0].pk not in candidates._fresh(ann, Taste(reader=ann))

    def test_limited_notes_are_owed_nothing(
        self, mei: User, ann: User, post_note: PostNote
    ) -> None:
        note = post_note(mei, state="limited")
        list_fresh()
        assert note.pk not in candidates._fresh(ann, Taste(reader=ann))

    def test_a_note_rises_unless_one_side_rejects_it(self, notes: list[Note]) -> None:
        for note, least in zip(notes, [0.8, 0.8, 0.8, 0.2], strict=False):
            Signal.objects.create(note=note, seen=25, least=least)
        assert promote() == 3
        assert Signal.objects.get(note=notes[3]).pool == 0
        assert promote() == 0


def test_what_is_shown_is_written_down_once(ann: User, notes: list[Note]) -> None:
    ids(ann)
    assert meetings.write_down() == 8
    assert meetings.write_down() == 0
    assert Encounter.objects.filter(reader=ann).count() == 8
    assert Signal.objects.get(note=notes[0]).seen == 1
    topics = dict(ReaderTopic.objects.filter(reader=ann).values_list("topic__name", "seen"))
    assert topics == {"tea": 5, "cups": 5, "hills": 3}


def test_a_batch_that_fails_is_written_later(
    ann: User, notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(ann)
    with monkeypatch.context() as patch:
        patch.setattr(meetings, "_count_topics", lambda pairs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            meetings.write_down()
    assert not Encounter.objects.exists()
    assert meetings.write_down() == 8


def test_a_stranger_uses_up_nobodys_chance(notes: list[Note], client: Client) -> None:
    assert f"/notes/{notes[0].pk}/" in client.get("/").content.decode()
    assert meetings.write_down() == 0
    assert not Signal.objects.filter(seen__gt=0).exists()
    assert not Encounter.objects.exists()
