"""The index of search: what is due is found by looking, and written once."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.management import call_command
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.test import APIClient

from accounts.actions import follow, leave
from accounts.models import User
from conftest import PostNote, bring_to, introduce, make_person
from feeds import store
from feeds.search.indexing import rebuild, refresh, tick, write
from feeds.search.models import BoardEntry, NoteEntry, PersonEntry, TopicEntry
from feeds.search.sources import SOURCES
from notes.actions import change_board, create_board, offer_wording, refuse_wording
from notes.models import Note

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
CLOSED: Redis = Redis.from_url("redis://127.0.0.1:9/0", retry=Retry(NoBackoff(), 0))


def test_a_tick_writes_what_is_due_and_then_rests(
    ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "Tea", "#tea")
    post_note(ann, "Only for some", audience="followers")
    create_board(mei, "Cups", is_private=True)
    assert tick() == 5  # a note, two people, a topic, a board
    assert tick() == 0
    assert NoteEntry.objects.values_list("note__title", "language").get() == ("Tea", "en")
    assert set(PersonEntry.objects.values_list("person__username", flat=True)) == {"ann", "mei"}


def test_what_changed_is_written_anew_and_what_is_gone_goes(
    ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Tea", "#tea")
    board = create_board(ann, "Cups", is_private=True)
    tick()
    introduce(mei, bio="Rivers")
    follow(mei, ann)
    change_board(board, ann, name="Mugs")
    assert tick() == 3
    assert BoardEntry.objects.get().name == "Mugs"
    assert PersonEntry.objects.get(person=ann).renown == 1
    bring_to(note.case, "limited")
    leave(mei)
    tick()
    assert (NoteEntry.objects.count(), PersonEntry.objects.count()) == (0, 1)
    bring_to(note.case, "published")
    tick()
    assert NoteEntry.objects.count() == 1


def test_in_time_everything_is_looked_at(ann: User) -> None:
    for n in range(4):
        make_person(f"reader{n}")
    tick()
    PersonEntry.objects.update(version=0)
    old = SOURCES["people"]
    SOURCES["people"] = replace(old, window=2, news=list)
    try:
        assert tick(walk=False) == 0
        assert [tick() for _ in range(4)] == [2, 2, 1, 0]
    finally:
        SOURCES["people"] = old


def test_one_that_cannot_be_written_keeps_no_other_from_it(
    ann: User, post_note: PostNote, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = post_note(ann, "Tea"), post_note(ann, "Coffee")
    source = SOURCES["notes"]

    def entries(notes: object) -> list[NoteEntry]:
        made = source.entries(notes)  # type: ignore[arg-type]
        for entry in made:
            if entry.pk == first.pk:
                entry.words = "no vector: '"
        return made  # type: ignore[return-value]

    write(replace(source, entries=entries), [first.pk, second.pk])  # type: ignore[arg-type]
    assert list(NoteEntry.objects.values_list("pk", flat=True)) == [second.pk]
    assert "cannot be indexed" in caplog.text


def test_the_index_can_be_written_anew(ann: User, post_note: PostNote) -> None:
    post_note(ann, "Tea", "#tea #cups")
    tick()
    NoteEntry.objects.update(words="", version=99)
    TopicEntry.objects.filter(topic__name="tea").delete()
    out = io.StringIO()
    call_command("index_search", "notes", "topics", stdout=out)
    told = [line.split(" indexed")[0] for line in out.getvalue().splitlines()]
    assert told == ["1 notes", "2 topics"]
    assert NoteEntry.objects.holding("'tea'").count() == 1
    assert list(rebuild("boards")) == []


def test_the_walk_goes_on_without_redis(
    ann: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_note(ann, "Tea")
    with monkeypatch.context() as away:
        away.setattr(store, "client", CLOSED)
        away.setattr(store, "_away_until", 0.0)
        assert tick() == 2
    assert refresh(SOURCES["notes"], [Note.objects.get().pk]) == 0


def test_pages_go_on_where_redis_forgot_the_order(api: Api, ann: User, post_note: PostNote) -> None:
    for n in range(3):
        post_note(ann, f"Tea {n}")
    tick()
    first = api().get("/api/v1/search/?q=tea&limit=2").json()
    store.client.flushdb()
    second = api().get(first["next"]).json()
    titles = [note["title"] for page in (first, second) for note in page["results"]]
    assert sorted(titles) == ["Tea 0", "Tea 1", "Tea 2"]


def test_words_that_an_author_goes_back_from_find_the_note_no_more(
    ann: User, mei: User, post_note: PostNote
) -> None:
    wording = offer_wording(mei, post_note(mei, "秋天的湖"), "en", "Teahouse", "")
    bring_to(wording.case, "published")
    tick()
    found = NoteEntry.objects.holding("'teahous'")
    assert found.count() == 1
    refuse_wording(wording, mei)
    tick()
    assert found.count() == 0


def test_a_topic_counts_what_a_stranger_could_come_across(ann: User, post_note: PostNote) -> None:
    post_note(ann, "Tea", "#tea")
    post_note(ann, "Only for me", "#tea", audience="private")
    removed = post_note(ann, "Green tea", "#tea #cups")
    counts = TopicEntry.objects.order_by("topic__name").values_list("note_count", flat=True)
    tick()
    assert list(counts.all()) == [1, 2]
    bring_to(removed.case, "removed")
    tick()
    assert list(counts.all()) == [0, 1]
