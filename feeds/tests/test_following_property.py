"""Following equals its SQL reference after anything that people can do, whatever the order."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.actions import block, follow, mute, unblock, unfollow, unmute
from accounts.models import Block, User
from conftest import make_person
from feeds import delivery, store, timelines
from feeds.delivery import deliver_published, list_large_authors
from feeds.timelines import merged, rebuild_all
from moderation.actions import decide_by_hand
from moderation.models import Case, State
from moderation.policy import Outcome
from notes.actions import change_note
from notes.models import Audience, Image, Note

pytestmark = pytest.mark.django_db

FULL = os.environ.get("REDLEAF_PROPERTIES") == "full"
PEOPLE, STEPS = (200, 1_000) if FULL else (25, 160)
Step = Callable[[random.Random, list[User]], None]


def following(reader: User) -> list[int]:
    reader.refresh_from_db()
    shown = [pk for pk, _ in timelines.read(reader, None, timelines.LENGTH)]
    visible = Note.objects.visible(reader).filter(pk__in=shown).values_list("pk", flat=True)
    allowed = set(visible)
    return [pk for pk in shown if pk in allowed]


def reference(reader: User) -> list[int]:
    rows = timelines.reference(reader).values_list("pk", flat=True)
    return list(rows[: timelines.LENGTH])


def write(author: User, audience: str = Audience.PUBLIC) -> Note:
    """A published note whose picture has no file: quick, and all that a timeline needs."""
    case = Case.objects.create(
        kind="note", author=author, text="x", state=State.PUBLISHED, decided_at=timezone.now()
    )
    note = Note.objects.create(case=case, author=author, title="x", audience=audience)
    Image.objects.create(owner=author, note=note, status="ready", width=3, height=4)
    return note


def post(dice: random.Random, people: list[User]) -> None:
    write(dice.choice(people), dice.choice(Audience.values))
    deliver_published()


def begin_or_end_to_follow(dice: random.Random, people: list[User]) -> None:
    one, other = dice.sample(people, 2)
    if Block.objects.between(one, other):
        return
    (unfollow if one.follows(other) else follow)(one, other)


def quarrel(dice: random.Random, people: list[User]) -> None:
    one, other = dice.sample(people, 2)
    dice.choice([block, unblock, mute, unmute])(one, other)


def some_note(dice: random.Random) -> Note | None:
    found = list(Note.objects.order_by("pk").values_list("pk", flat=True))
    return (
        Note.objects.select_related("author", "case").get(pk=dice.choice(found)) if found else None
    )


def change_audience(dice: random.Random, people: list[User]) -> None:
    if note := some_note(dice):
        change_note(note, note.author, audience=dice.choice(Audience.values))
        deliver_published()


def take_away(dice: random.Random, people: list[User]) -> None:
    if note := some_note(dice):
        decide_by_hand(note.case, by=None, outcome=Outcome.REMOVE, rule="harassment")


def give_back(dice: random.Random, people: list[User]) -> None:
    if note := some_note(dice):
        decide_by_hand(note.case, by=None, outcome=Outcome.PUBLISH)
        deliver_published()


def come_to_read(dice: random.Random, people: list[User]) -> None:
    following(dice.choice(people))


STEPS_THERE_ARE: list[tuple[Step, int]] = [
    (post, 12), (begin_or_end_to_follow, 12), (come_to_read, 10), (quarrel, 4),
    (change_audience, 3), (take_away, 2), (give_back, 1),
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_following_equals_the_reference_after_anything(seed: int) -> None:
    dice = random.Random(seed)
    people = [make_person(f"reader{n}") for n in range(PEOPLE)]
    steps = [step for step, share in STEPS_THERE_ARE for _ in range(share)]
    for _ in range(STEPS):
        dice.choice(steps)(dice, people)
    for reader in people:
        assert following(reader) == reference(reader), reader


def test_a_removed_note_that_is_private_no_longer_leaves_its_place(ann: User) -> None:
    """It loses the date it had for its author alone, and has no other until it is given back."""
    note = write(ann, Audience.PRIVATE)
    deliver_published()
    assert following(ann) == [note.pk]
    decide_by_hand(note.case, by=None, outcome=Outcome.REMOVE, rule="harassment")
    note = Note.objects.get(pk=note.pk)
    change_note(note, ann, audience=Audience.PUBLIC)
    assert following(ann) == reference(ann) == []
    decide_by_hand(note.case, by=None, outcome=Outcome.PUBLISH)
    deliver_published()
    assert following(ann) == reference(ann) == [note.pk]


def test_it_is_the_same_when_redis_was_flushed() -> None:
    dice = random.Random(3)
    people = [make_person(f"reader{n}") for n in range(8)]
    for _ in range(60):
        dice.choice([post, begin_or_end_to_follow, come_to_read])(dice, people)
    store.client.flushdb()
    for reader in people:
        assert following(reader) == reference(reader)
        assert following(reader) == reference(reader)  # made again, read from Redis


class TestLargeAuthors:
    """Whom very many follow is not pushed, but merged when somebody reads."""

    @pytest.fixture(autouse=True)
    def _one_follower_is_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delivery, "PUSHED_UP_TO", 1)

    def test_nothing_is_pushed_and_everything_is_read(
        self, ann: User, mei: User, tang: User
    ) -> None:
        for reader in (mei, tang):
            follow(reader, ann)
            assert following(reader) == []
        list_large_authors()
        note = write(ann)
        assert deliver_published() == 1
        key = timelines.key_of(mei.pk, mei.following_version)
        assert store.client.lrange(key, 0, -1) == [timelines.END]
        assert following(mei) == following(tang) == [note.pk]

    def test_both_kinds_of_authors_stand_in_one_order(
        self, ann: User, mei: User, tang: User
    ) -> None:
        for reader, author in ((mei, ann), (tang, ann), (mei, tang)):
            follow(reader, author)
        following(mei)
        list_large_authors()
        notes = []
        for author in (ann, tang, ann, tang):
            notes.append(write(author).pk)
            deliver_published()
        assert following(mei) == notes[::-1] == reference(mei)

    def test_pages_of_both_follow_each_other(self, ann: User, mei: User, tang: User) -> None:
        for reader, author in ((mei, ann), (tang, ann), (mei, tang)):
            follow(reader, author)
        following(mei)
        list_large_authors()
        for author in (ann, tang, ann, tang, ann):
            write(author)
            deliver_published()
        mei.refresh_from_db()
        found: list[int] = []
        before: int | None = None
        while page := timelines.read(mei, before, 2):
            found += [pk for pk, _ in page]
            before = page[-1][1]
        assert found == reference(mei)

    def test_who_does_not_follow_reads_nothing(self, ann: User, mei: User, tang: User) -> None:
        follow(tang, ann)
        follow(mei, ann)
        unfollow(mei, ann)
        list_large_authors()
        write(ann)
        deliver_published()
        assert following(mei) == []


def test_a_note_in_both_lists_stands_once() -> None:
    assert merged([(5, 50), (4, 40)], [(5, 50), (3, 45)], 5) == [(5, 50), (3, 45), (4, 40)]
    assert merged([(5, 50)], [], 5) == [(5, 50)]
    assert merged([(5, 50), (4, 40)], [(6, 60)], 2) == [(6, 60), (5, 50)]


def test_timelines_are_made_anew(ann: User, mei: User, tang: User) -> None:
    follow(mei, ann)
    note = write(ann)
    deliver_published()
    following(mei)
    key = timelines.key_of(mei.pk, mei.following_version)
    store.client.ltrim(key, -1, -1)
    assert following(mei) == []
    assert rebuild_all() == 1
    assert following(mei) == [note.pk]
    assert rebuild_all(["mei", "tang", "nobody"]) == 2
