"""What the meter says of a note is what somebody without an account finds: a few random notes as a
rule, 200 with REDLEAF_EXAMPLES=200."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.models import User
from conftest import make_person
from feeds.ranking import refresh_common
from feeds.search.indexing import tick
from moderation.models import State
from notes.models import Audience, Note
from notes.tests.rows import note_of
from tests.properties import EXAMPLES

pytestmark = pytest.mark.django_db
STATES = [State.PENDING, State.PUBLISHED, State.LIMITED, State.HELD, State.REMOVED]


def authors() -> list[User]:
    """Everybody's, a private and a limited account."""
    people = [make_person(name, languages=["en"]) for name in ("open", "private", "limited")]
    User.objects.filter(username="private").update(is_private=True)
    User.objects.filter(username="limited").update(is_limited=True)
    return list(User.objects.filter(pk__in=[person.pk for person in people]))


def random_notes(people: list[User]) -> list[Note]:
    chance = random.Random(7)
    likely = [*STATES, State.PUBLISHED, State.LIMITED, State.LIMITED]
    return [
        note_of(
            chance.choice(people),
            f"canary{number:03}",
            chance.choice(likely),
            audience=chance.choice([*Audience.values, *3 * [Audience.PUBLIC]]),
            body="Walking",
            language="en",
        )
        for number in range(EXAMPLES)
    ]


def met_in(address: str) -> Iterator[str]:
    """The titles in all pages of a list."""
    client, following = APIClient(), address
    while following:
        page = client.get(following).json()
        yield from (result["title"] for result in page["results"])
        following = page["next"]


def test_the_meter_says_where_somebody_without_an_account_finds_a_note() -> None:
    notes = random_notes(authors())
    tick()
    refresh_common()
    cache.clear()
    explored = set(met_in("/api/v1/feeds/explore/"))
    searched = set(met_in("/api/v1/search/?q=walking"))
    met = {
        note.title: (
            APIClient().get(f"/api/v1/notes/{note.pk}/").status_code == 200,
            note.title in explored,
            note.title in searched,
        )
        for note in notes
    }
    told = {
        note.title: (note.reach.link, note.reach.explore, note.reach.search)
        for note in Note.objects.select_related("author", "case")
    }
    assert met == told
    assert len(set(told.values())) == 3, "all kinds of reach are among them"
