"""Why, on pages as they were served: told and recomputed, it is the order that readers saw."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from feeds import home, store
from feeds.feed_api import shape
from feeds.tests.worlds import World, change_weights, world
from feeds.why import Why, explain
from notes.actions import like, unlike
from notes.models import Note

pytestmark = pytest.mark.django_db

FULL = os.environ.get("REDLEAF_PROPERTIES") == "full"
PAGES = 10  # in a world, or a few more: homes are read to their end
WORLDS = 50 if FULL else 2
Api = Callable[..., APIClient]


def served(client: APIClient, limit: int) -> Iterator[list[int]]:
    """The ids on each page of a home, by its cursor from the first to the last."""
    address = f"/api/v1/feeds/home/?limit={limit}"
    while address:
        page = client.get(address).json()
        yield [note["id"] for note in page["results"]]
        address = page["next"] or ""


def live_on(made: World, shown: list[int]) -> None:
    """What happens while somebody reads; none of it makes the home another one."""
    dice = made.dice
    if shown and dice.random() < 0.7:
        note = Note.objects.get(pk=dice.choice(shown))
        dice.choice((like, unlike))(dice.choice(made.people), note)
    if dice.random() < 0.2:
        change_weights(made)


def come_back(reader: User) -> None:
    """As if an hour had passed: what was shown then stands behind what was not."""
    store.client.delete(home.key_of(User.objects.get(pk=reader.pk)))


def add_up(made: World, why: Why) -> int:
    """As numbers that nobody rounds, and as a client would in any order; return how many terms."""
    terms = made.dice.sample(why.terms, len(why.terms))
    exact = [Fraction(term.value) * Fraction(term.weight) for term in terms]
    assert exact == [Fraction(term.contribution) for term in terms]
    assert sum(exact) == Fraction(why.score)
    assert sum((term.contribution for term in terms), 0.0).hex() == why.score.hex()
    return len(terms)


def read_home(made: World, reader: User, client: APIClient) -> Counter[str]:
    """Read a home to its end and hold each page against what is told; return what was compared."""
    told: dict[int, Why] = {}
    compared: Counter[str] = Counter()
    for page in served(client, made.dice.randint(3, 25)):
        for note in page:
            why = explain(User.objects.get(pk=reader.pk), note)
            assert why is not None
            assert note not in told
            told[note] = why
            compared["terms"] += add_up(made, why)
        for note in made.dice.sample(page, min(2, len(page))):
            assert client.get(f"/api/v1/notes/{note}/why/").json() == shape(told[note])
        compared.update(pages=1, notes=len(page))
        live_on(made, page)
    scores = [why.score for why in told.values()]
    assert scores == sorted(scores, reverse=True)
    return compared


@pytest.mark.parametrize("seed", range(WORLDS))
def test_what_is_told_of_each_served_note_adds_up_and_is_the_order_of_the_pages(
    seed: int, api: Api
) -> None:
    made = world(seed)
    compared: Counter[str] = Counter()
    while compared["pages"] < PAGES:
        reader = made.dice.choice(made.people)
        for _ in range(2):
            come_back(reader)
            compared += read_home(made, reader, api(reader))
    assert compared["notes"] > compared["pages"]
    print(seed, dict(compared))  # for who runs it with -s
