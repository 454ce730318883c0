"""The figures of harmony, each against one counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from conftest import make_person
from feeds.delivery import deliver_published
from feeds.figures import DIVISIVE, count_day, count_days
from feeds.models import ContestedTopic, Encounter, Figure, Place, Signal
from feeds.tests.test_following_property import write
from notes.models import Note, Topic

pytestmark = pytest.mark.django_db

CALM, SPLIT = DIVISIVE / 2, DIVISIVE * 2


def topic(name: str, contested: bool = False) -> Topic:
    made = Topic.objects.create(name=name, title=name)
    if contested:
        ContestedTopic.objects.create(topic=made, divides=0.5)
    return made


def known(author: User, divides: float | None, least: float = 0.5, *topics: Topic) -> Note:
    note = write(author)
    note.topics.set(topics)
    Signal.objects.create(note=note, divides=divides, least=least)
    return note


def show(reader: User, *notes: Note, place: str = Place.HOME, days_ago: int = 0) -> None:
    deliver_published()
    at = timezone.now() - timedelta(days=days_ago)
    Encounter.objects.bulk_create(
        Encounter(reader=reader, note=note, place=place, at=at) for note in notes
    )


def today(language: str = "en") -> Figure:
    count_days()
    return Figure.objects.get(day=timezone.now().date(), language=language)


def test_the_divisive_share_is_of_what_was_shown(ann: User, tang: User) -> None:
    calm, split = known(tang, CALM), known(tang, SPLIT)
    show(ann, calm, calm, calm, split)
    figure = today()
    assert (figure.shown, figure.divisive) == (4, 0.25)


@pytest.mark.parametrize(("divides", "share"), [(DIVISIVE, 1.0), (DIVISIVE - 0.001, 0.0)])
def test_a_note_is_divisive_from_the_bound_on(
    ann: User, tang: User, divides: float, share: float
) -> None:
    show(ann, known(tang, divides))
    assert today().divisive == share


def test_lowest_approval_is_the_mean_over_what_was_shown(ann: User, tang: User) -> None:
    high, low = known(tang, CALM, 0.9), known(tang, CALM, 0.3)
    show(ann, high, high, low)
    assert today().lowest_approval == pytest.approx(0.7)


def test_languages_are_counted_apart_by_what_their_readers_read_first(
    ann: User, mei: User, tang: User
) -> None:
    calm, split = known(tang, CALM), known(tang, SPLIT)
    show(ann, calm)
    show(mei, split, split)
    show(tang, split)  # reads zh first, then en
    assert (today("en").shown, today("en").divisive) == (1, 0.0)
    assert (today("zh").shown, today("zh").divisive) == (3, 1.0)


def test_what_was_opened_was_shown_before_and_counts_once(ann: User, tang: User) -> None:
    note = known(tang, CALM)
    show(ann, note)
    show(ann, note, place=Place.OPENED)
    assert today().shown == 1


def test_a_day_is_a_day(ann: User, tang: User) -> None:
    note = known(tang, CALM)
    show(ann, note)
    show(ann, note, note, days_ago=1)
    show(ann, note, days_ago=5)
    assert today().shown == 1
    yesterday = timezone.now().date() - timedelta(days=1)
    assert Figure.objects.get(day=yesterday, language="en").shown == 2
    assert Figure.objects.count() == 2


def test_nothing_shown_is_no_figure(ann: User) -> None:
    count_day(timezone.now().date(), "en")
    assert not Figure.objects.exists()


class TestConstructive:
    """Calm notes on contested topics, against how many of them were written."""

    def test_shown_as_often_as_written_is_one(self, ann: User, tang: User) -> None:
        tax, tea = topic("tax", contested=True), topic("tea")
        notes = [known(tang, CALM, 0.5, tax), known(tang, CALM, 0.5, tea)]
        show(ann, *notes)
        assert today().constructive == pytest.approx(1.0)

    def test_shown_twice_as_often_is_two(self, ann: User, tang: User) -> None:
        tax, tea = topic("tax", contested=True), topic("tea")
        good = known(tang, CALM, 0.5, tax)
        others = [known(tang, CALM, 0.5, tea) for _ in range(3)]
        show(ann, good, others[0])  # a half of what was shown, a quarter of what was written
        assert today().constructive == pytest.approx(2.0)

    def test_what_divides_is_not_constructive(self, ann: User, tang: User) -> None:
        tax = topic("tax", contested=True)
        good, bad = known(tang, CALM, 0.5, tax), known(tang, SPLIT, 0.5, tax)
        show(ann, bad, bad, bad, good)
        assert today().constructive == pytest.approx(0.5)  # a quarter against a half

    def test_a_note_counts_once_however_many_topics_it_has(self, ann: User, tang: User) -> None:
        """Two notes of which one is about a contested topic and three others: a half."""
        tax = topic("tax", contested=True)
        others = [topic(name) for name in ("tea", "rice", "hills")]
        good, plain = known(tang, CALM, 0.5, tax, *others), known(tang, CALM)
        show(ann, good, plain)
        assert today().constructive == pytest.approx(1.0)

    def test_two_contested_topics_make_one_contested_note(self, ann: User, tang: User) -> None:
        first, second = topic("tax", contested=True), topic("cars", contested=True)
        good, plain = known(tang, CALM, 0.5, first, second), known(tang, CALM)
        show(ann, good, plain)
        assert today().constructive == pytest.approx(1.0)

    def test_without_any_supply_nothing_was_held_back(self, ann: User, tang: User) -> None:
        show(ann, known(tang, CALM))
        assert today().constructive == 1.0


def test_newcomers_are_authors_of_their_first_thirty_days(ann: User, tang: User) -> None:
    old = make_person("old_hand")
    User.objects.filter(pk=old.pk).update(date_joined=timezone.now() - timedelta(days=31))
    show(ann, known(tang, CALM), known(old, CALM), known(old, CALM), known(old, CALM))
    assert today().newcomers == pytest.approx(0.25)


def test_counting_again_changes_the_figure_and_adds_none(ann: User, tang: User) -> None:
    note = known(tang, CALM)
    show(ann, note)
    first = today()
    show(ann, note)
    again = today()
    assert (first.pk, first.shown, again.shown) == (again.pk, 1, 2)
