"""Replays of a day, each against shares counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conftest import make_person
from feeds import replays
from feeds.actions import forget_taste
from feeds.models import Encounter, Place, Replay
from feeds.replays import FEWEST, NIGHTS, replay, replay_nights
from feeds.tests.test_following_property import write
from notes.actions import save_note
from notes.models import Like, Note, Save

pytestmark = pytest.mark.django_db

NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
DAY = NOON.date()
BEFORE = NOON - timedelta(days=2)
TASTE, LIKES, NEWEST = Replay.Ranking


def notes_by(author: User, count: int) -> list[Note]:
    """Published one after the other, the first long ago."""
    notes = [write(author) for _ in range(count)]
    for n, note in enumerate(notes):
        at = NOON - timedelta(days=30 - n)
        Note.objects.filter(pk=note.pk).update(published_at=at)
    return notes


def crowd(count: int, language: str = "en") -> list[User]:
    return [make_person(f"{language}_reader{n}", languages=[language]) for n in range(count)]


def show(reader: User, *notes: Note, at: datetime = NOON, place: str = Place.HOME) -> None:
    Encounter.objects.bulk_create(
        Encounter(reader=reader, note=note, place=place, at=at) for note in notes
    )


def like(reader: User, *notes: Note, at: datetime = NOON + timedelta(minutes=1)) -> None:
    made = Like.objects.bulk_create(Like(user=reader, note=note) for note in notes)
    Like.objects.filter(pk__in=[row.pk for row in made]).update(created_at=at)


def shares(language: str = "") -> dict[str, float]:
    found = Replay.objects.filter(day=DAY, language=language)
    return dict(found.values_list("ranking", "share"))


def test_newest_and_most_liked_are_counted_by_hand(ann: User, mei: User, tang: User) -> None:
    """Each reader is shown four notes and likes the newest but one, which two liked before."""
    old, _second, third, _newest = notes = notes_by(tang, 4)
    like(ann, old, third, at=BEFORE)
    like(mei, old, third, at=BEFORE)
    for reader in crowd(FEWEST):
        show(reader, *notes)
        like(reader, third)
    assert replay(DAY) == FEWEST
    # Above two of three; above two, level with the old one that two liked as well.
    assert shares()[NEWEST] == pytest.approx(2 / 3)
    assert shares()[LIKES] == pytest.approx((2 + 0.5) / 3)
    assert shares()[TASTE] == 0.5  # of readers nothing was known
    row = Replay.objects.get(day=DAY, language="", ranking=NEWEST)
    assert (row.readers, row.low, row.high) == (FEWEST, row.share, row.share)


def village(tang: User) -> list[User]:
    """Sixty readers: even ones like even notes, odd ones odd notes, each but one of thirty.

    The next day they are shown that one and one of the other kind, and like their own.
    """
    readers, notes = crowd(60), notes_by(tang, 60)
    for r, reader in enumerate(readers):
        own = notes[r]
        like(reader, *(note for note in notes[r % 2 :: 2] if note != own), at=BEFORE)
        show(reader, own, notes[r ^ 1])
        like(reader, own)
    return readers


def test_a_taste_that_was_learned_foresees_what_likes_alone_cannot(tang: User) -> None:
    village(tang)
    assert replay(DAY) == 60
    # All notes were liked by as many, and the newer one of each two was right every other time.
    assert shares() == {TASTE: 1.0, LIKES: 0.5, NEWEST: 0.5}


def test_what_is_liked_on_the_day_itself_teaches_nothing(tang: User) -> None:
    """The same village, whose first likes are of that morning: nobody reads the answers before."""
    village(tang)
    Like.objects.filter(created_at=BEFORE).update(created_at=NOON - timedelta(hours=1))
    assert replay(DAY) == 60
    assert shares() == {TASTE: 0.5, LIKES: 0.5, NEWEST: 0.5}


def test_what_somebody_wanted_forgotten_is_not_asked(tang: User) -> None:
    for reader in village(tang)[:35]:
        forget_taste(reader)
    assert replay(DAY) == 25
    assert {row.readers for row in Replay.objects.all()} == {25}


class TestWhatCounts:
    """Which meetings and reactions of twenty readers are compared."""

    @pytest.fixture
    def pair(self, tang: User) -> list[Note]:
        return notes_by(tang, 2)

    @pytest.fixture
    def readers(self) -> list[User]:
        return crowd(FEWEST)

    def replayed(self) -> tuple[int, float | None]:
        return replay(DAY), shares().get(NEWEST)

    def test_a_save_counts_as_a_like(self, readers: list[User], pair: list[Note]) -> None:
        for reader in readers:
            show(reader, *pair)
            save_note(reader, pair[1])
        Save.objects.update(created_at=NOON + timedelta(hours=1))
        assert self.replayed() == (FEWEST, 1.0)

    def test_each_reader_counts_once_however_much_they_liked(
        self, readers: list[User], pair: list[Note], tang: User
    ) -> None:
        more = notes_by(tang, 8)
        for reader in readers[:10]:
            show(reader, *more)
            like(reader, *more[4:])
        for reader in readers[10:]:
            show(reader, *pair)
            like(reader, pair[0])
        assert self.replayed() == (FEWEST, 0.5)

    def test_a_note_shown_twice_counts_once(self, readers: list[User], tang: User) -> None:
        first, second, third = notes_by(tang, 3)
        for reader in readers:
            show(reader, first, first, first, second, third)
            like(reader, second)
        assert self.replayed() == (FEWEST, 0.5)

    @pytest.mark.parametrize(
        ("moment", "share"),
        [(NOON - timedelta(minutes=1), 1.0), (NOON + timedelta(hours=12), 0.5)],
        ids=["before it was shown: left out", "after midnight: passed over"],
    )
    def test_a_like_counts_between_the_showing_and_midnight(
        self, readers: list[User], tang: User, moment: datetime, share: float
    ) -> None:
        first, second, third = notes_by(tang, 3)
        for reader in readers:
            show(reader, first, second, third)
            like(reader, second)
            like(reader, third, at=moment)
        assert self.replayed() == (FEWEST, share)

    @pytest.mark.parametrize("place", [Place.EXPLORE, Place.OPENED])
    def test_what_was_met_elsewhere_does_not_count(
        self, readers: list[User], pair: list[Note], place: Place
    ) -> None:
        for reader in readers:
            show(reader, *pair, place=place)
            like(reader, pair[1])
        assert self.replayed() == (0, None)

    @pytest.mark.parametrize("hours", [-13, 12])
    def test_the_day_before_and_the_day_after_do_not_count(
        self, readers: list[User], pair: list[Note], hours: int
    ) -> None:
        at = NOON + timedelta(hours=hours)
        for reader in readers:
            show(reader, *pair, at=at)
            like(reader, pair[1], at=at + timedelta(minutes=1))
        assert self.replayed() == (0, None)

    def test_of_who_liked_everything_or_nothing_nothing_can_be_said(
        self, readers: list[User], pair: list[Note], ann: User
    ) -> None:
        for reader in readers[1:]:
            show(reader, *pair)
            like(reader, pair[1])
        show(readers[0], *pair)
        like(readers[0], *pair)
        show(ann, *pair)
        assert self.replayed() == (FEWEST - 1, None)  # and nineteen are too few


def test_languages_are_replayed_apart_and_together(tang: User) -> None:
    old, new = notes_by(tang, 2)
    for reader in crowd(FEWEST, "zh"):
        show(reader, old, new)
        like(reader, new)
    for reader in crowd(FEWEST - 1, "en"):
        show(reader, old, new)
        like(reader, old)
    assert replay(DAY) == 2 * FEWEST - 1
    assert shares("zh")[NEWEST] == 1.0
    assert shares("en") == {}  # too few
    assert shares()[NEWEST] == pytest.approx(FEWEST / (2 * FEWEST - 1))
    assert Replay.objects.count() == 6


def test_a_replay_may_be_repeated(tang: User) -> None:
    old, new = notes_by(tang, 2)
    for reader in crowd(FEWEST):
        show(reader, old, new)
        like(reader, new)
    replay_nights()
    first = list(Replay.objects.order_by("pk").values())
    call_command("learn", "replay")
    assert list(Replay.objects.order_by("pk").values()) == first
    assert len(first) == 6  # all and those who read English, three orders each


def test_a_night_without_a_worker_is_made_up_for(tang: User) -> None:
    old, new = notes_by(tang, 2)
    days = [NOON - timedelta(days=ago) for ago in (0, 3, NIGHTS - 1, NIGHTS)]
    readers = iter(crowd(len(days) * FEWEST))
    for at in days:
        for reader in islice(readers, FEWEST):
            show(reader, old, new, at=at)
            like(reader, new, at=at + timedelta(minutes=1))
    replay_nights()
    assert {*Replay.objects.values_list("day", flat=True)} == {at.date() for at in days[:-1]}


def test_a_day_has_so_many_readers_at_most(tang: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replays, "MOST", FEWEST)
    monkeypatch.setattr(replays, "AT_ONCE", 7)
    old, new = notes_by(tang, 2)
    for n, reader in enumerate(crowd(2 * FEWEST)):
        show(reader, old, new)
        like(reader, (old, new)[n % 2])
    assert replay(DAY) == FEWEST
    row = Replay.objects.get(language="", ranking=NEWEST)
    assert row.readers == FEWEST


def test_nothing_that_happened_is_no_replay(db: None) -> None:
    assert replay(date(2020, 1, 1)) == 0
    assert not Replay.objects.exists()


class TestTheDesk:
    """What staff see of it."""

    @pytest.fixture
    def desk(self, browser_of: Callable[[User], Client]) -> Client:
        return browser_of(User.objects.create_superuser("boss", "boss@example.org", "x"))

    def test_each_language_has_a_plot_with_three_lines_and_a_table(self, desk: Client) -> None:
        for language in ("", "zh", "en"):
            for n, ranking in enumerate(Replay.Ranking):
                for age in range(2):
                    Replay.objects.create(
                        day=DAY - timedelta(days=age), language=language, ranking=ranking,
                        readers=20, share=0.5 + n / 10, low=0.41, high=0.79,
                    )  # fmt: skip
        page = desk.get("/admin/feeds/replay/").content.decode()
        assert page.count("<svg viewBox") == 3
        assert page.count("<polyline") == 9
        assert page.count(">learned taste</tspan>") == 3
        assert page.count("0.410 – 0.790") == 18
        assert "0.700" in page

    def test_before_the_first_night_the_page_says_what_it_will_tell(self, desk: Client) -> None:
        page = desk.get("/admin/feeds/replay/").content.decode()
        assert "A half is chance." in page

    def test_it_is_looked_at_and_not_changed(self, desk: Client) -> None:
        row = Replay.objects.create(
            day=DAY, ranking=TASTE, readers=20, share=0.5, low=0.4, high=0.6
        )
        assert desk.post(f"/admin/feeds/replay/{row.pk}/delete/").status_code == 403
        assert desk.get("/admin/feeds/replay/add/").status_code == 403
