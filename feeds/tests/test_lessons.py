"""What workers learn from real likes, and what the desk shows of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, make_person
from feeds import store
from feeds.actions import forget_taste, want_less
from feeds.candidates import lists_of
from feeds.facts import VECTOR
from feeds.figures import count_days
from feeds.lessons import learn_tastes
from feeds.meetings import meet, write_down
from feeds.models import ContestedTopic, Encounter, Figure, Place, Signal, Weights
from feeds.related import related
from feeds.scoring import TERMS
from feeds.sides import learn_sides
from notes.actions import like
from notes.models import Note

Api = Callable[..., APIClient]


@pytest.fixture
def village(mei: User, tang: User, post_note: PostNote) -> tuple[list[User], list[Note]]:
    """Ten people; the even ones like even notes, the odd ones odd notes, each but one of them."""
    people = [make_person(f"villager{n}", languages=["en", "zh"]) for n in range(10)]
    notes = [
        post_note((mei, tang)[n % 2], f"Note {n}", body=f"#{('tea', 'rice')[n % 2]}")
        for n in range(10)
    ]
    for p, person in enumerate(people):
        for n, note in enumerate(notes):
            if n % 2 == p % 2 and n // 2 != p // 2:
                like(person, note)
    return people, notes


def test_people_are_named_what_people_like_them_like(
    village: tuple[list[User], list[Note]],
) -> None:
    people, notes = village
    learn_tastes()
    for p, person in enumerate(people):
        (mine,) = lists_of([f"taste:{person.pk}"])
        assert mine
        assert mine[0] == notes[p].pk  # the one of their kind they do not know yet
        assert len(store.client.get(f"vector:{person.pk}") or b"") == 2 * VECTOR


def test_notes_of_the_same_people_are_near(
    village: tuple[list[User], list[Note]], ann: User, api: Api
) -> None:
    _, notes = village
    learn_tastes()
    near = [row.pk for row in related(notes[0], ann, limit=4)]
    assert set(near) == {notes[n].pk for n in (2, 4, 6, 8)}
    found = api(ann).get(f"/api/v1/notes/{notes[0].pk}/related/").json()["results"]
    assert [note["id"] for note in found][:4] == near
    assert notes[0].pk not in [note["id"] for note in found]


def test_without_anything_learned_related_notes_share_a_topic(
    ann: User, mei: User, post_note: PostNote
) -> None:
    first, other = post_note(mei, body="#tea"), post_note(mei, body="#tea")
    assert [row.pk for row in related(first, ann)] == [other.pk]


def test_what_one_forgot_is_not_learned_again(village: tuple[list[User], list[Note]]) -> None:
    people, _ = village
    forget_taste(people[0])
    learn_tastes()
    assert lists_of([f"taste:{people[0].pk}"]) == [None]


def test_sides_are_learned_and_lessons_may_be_repeated(
    village: tuple[list[User], list[Note]],
) -> None:
    people, notes = village
    for p, person in enumerate(people):
        for n, note in enumerate(notes):
            if n % 2 != p % 2 and n > 1:
                want_less(person, note)
        like(person, notes[0])
    assert learn_sides() == 10
    first = dict(Signal.objects.values_list("note", "least"))
    assert first[notes[0].pk] == max(value or 0 for value in first.values())
    assert learn_sides() == 10
    again = dict(Signal.objects.values_list("note", "least"))
    assert again == pytest.approx(first, abs=0.05)
    assert ContestedTopic.objects.count() <= 2


def test_nothing_to_learn_from_is_no_error(db: None) -> None:
    assert learn_tastes() == 0
    assert learn_sides() == 0
    for lesson in ("tastes", "sides"):
        call_command("learn", lesson)


def test_figures_are_counted_once_a_day_and_language(
    village: tuple[list[User], list[Note]],
) -> None:
    people, notes = village
    for person in people:
        meet(person.pk, Place.HOME, [note.pk for note in notes])
    write_down()
    Signal.objects.filter(note__in=notes[:5]).update(divides=0.5, least=0.2)
    Signal.objects.filter(note__in=notes[5:]).update(divides=0.0, least=0.8)
    count_days()
    count_days()
    figure = Figure.objects.get(day=timezone.now().date(), language="en")
    assert figure.shown == 100
    assert figure.divisive == pytest.approx(0.5)
    assert figure.lowest_approval == pytest.approx(0.5)


def test_old_encounters_are_forgotten(ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(mei)
    for age in (1, 90):
        at = timezone.now() - timedelta(days=age)
        Encounter.objects.create(reader=ann, note=note, place=Place.HOME, at=at)
    call_command("learn", "tastes")
    assert Encounter.objects.count() == 1


class TestTheDesk:
    """Weights with their history, pools, plots."""

    @pytest.fixture
    def desk(self, db: None, browser_of: Callable[[User], Client]) -> Client:
        return browser_of(User.objects.create_superuser("boss", "boss@example.org", "x"))

    def form(self, **changed: object) -> dict[str, object]:
        return {**Weights.current()[1], "reason": "calmer", **changed}

    def test_a_change_is_a_new_version(self, desk: Client) -> None:
        for value in ("1.5", "2.5"):
            desk.post("/admin/feeds/weights/add/", self.form(bridging=value))
        versions = list(Weights.objects.order_by("pk"))
        assert [version.values["bridging"] for version in versions] == [1.5, 2.5]
        assert versions[0].by is not None
        assert versions[0].reason == "calmer"
        page = desk.get(f"/admin/feeds/weights/{versions[0].pk}/change/").content.decode()
        assert "1.5" in page
        assert desk.post(f"/admin/feeds/weights/{versions[0].pk}/delete/").status_code == 403

    def test_the_effect_is_shown_and_nothing_stored(self, desk: Client) -> None:
        response = desk.post("/admin/feeds/weights/add/", self.form(liked="9", _preview="1"))
        assert "Nothing is stored yet" in response.content.decode()
        assert not Weights.objects.exists()

    @pytest.mark.parametrize("value", ["", "lots", "65", "nan"])
    def test_what_is_no_weight_is_refused(self, desk: Client, value: str) -> None:
        desk.post("/admin/feeds/weights/add/", self.form(age=value))
        assert not Weights.objects.exists()

    def test_the_form_begins_with_what_counts_now(self, desk: Client) -> None:
        page = desk.get("/admin/feeds/weights/add/").content.decode()
        assert all(f'name="{term}"' in page for term in TERMS)

    def test_harmony_is_drawn(self, desk: Client) -> None:
        today = timezone.now().date()
        for n, language in enumerate(("zh", "en")):
            for age in range(3):
                Figure.objects.create(
                    day=today - timedelta(days=age), language=language, shown=5,
                    divisive=0.1 * n, constructive=1, lowest_approval=0.5, newcomers=0.2,
                )  # fmt: skip
        page = desk.get("/admin/feeds/figure/").content.decode()
        assert page.count("<polyline") == 8

    def test_pools_are_listed(self, desk: Client, mei: User, post_note: PostNote) -> None:
        Signal.objects.create(note=post_note(mei, "Pool note"), seen=21, least=0.5)
        assert "Pool note" in desk.get("/admin/feeds/signal/").content.decode()
