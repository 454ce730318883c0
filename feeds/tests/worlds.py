"""Small random worlds to rank homes in: the same seed makes the same one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.actions import follow, mute
from accounts.models import User
from conftest import make_person
from feeds.actions import change_taste, want_less, weigh
from feeds.lessons import learn_tastes
from feeds.models import ContestedTopic, Signal, Taste
from feeds.pools import list_fresh
from feeds.ranking import refresh_common
from feeds.scoring import TERMS
from moderation.models import Case, State
from notes.actions import follow_topic, like, mute_topic
from notes.models import Image, Note, Topic

LANGUAGES: tuple[list[str], ...] = (["en"], ["zh"], ["zh", "en"], ["en", "zh"], [])


@dataclass(frozen=True, slots=True)
class World:
    """People who have done this and that, and notes that some of them wrote."""

    dice: random.Random
    people: list[User]
    notes: list[Note]


def world(seed: int) -> World:
    """Ten people, and so few notes that all fit on a page or so many that pools are full."""
    dice = random.Random(seed)
    people = [make_person(f"reader{n}", languages=dice.choice(LANGUAGES)) for n in range(10)]
    topics = [Topic.objects.create(name=name, title=name) for name in ("tea", "tax", "cars", "山")]
    ContestedTopic.objects.bulk_create(
        ContestedTopic(topic=topic, divides=dice.random())
        for topic in topics
        if dice.random() < 0.5
    )
    made = World(dice, people, _written(dice, people, topics))
    _know(made)
    for _ in range(60):
        _do_something(made, topics)
    if dice.random() < 0.8:
        change_weights(made)
    learn_tastes()
    list_fresh()
    refresh_common()
    return made


def _written(dice: random.Random, people: list[User], topics: list[Topic]) -> list[Note]:
    """Published notes whose pictures have no files: all that ranking and cards need."""
    count = dice.choice((9, 50, 160))
    now = timezone.now()
    cases = Case.objects.bulk_create(
        Case(
            kind="note", author=dice.choice(people), text="x", state=State.PUBLISHED,
            decided_at=now, tension=dice.choice((0, dice.random())),
        )
        for _ in range(count)
    )  # fmt: skip
    notes = Note.objects.bulk_create(
        Note(
            case=case, author=case.author, title=f"Note {n}", delivered_at=now,
            language=dice.choice(("zh", "en", "")),
            published_at=now - timedelta(days=dice.expovariate(0.5)),
        )
        for n, case in enumerate(cases)
    )  # fmt: skip
    Image.objects.bulk_create(
        Image(owner=note.author, note=note, status="ready", width=3, height=4) for note in notes
    )
    for note in notes:
        note.topics.set(dice.sample(topics, dice.randint(0, 2)))
    return notes


def _know(made: World) -> None:
    """What was counted of most notes and learned of some."""
    dice = made.dice
    Signal.objects.bulk_create(
        Signal(
            note=note, seen=dice.choice((0, 3, 25, 700)), talked=dice.randint(0, 9),
            disliked=dice.randint(0, 3), excess=dice.choice((0, dice.random())),
            least=dice.choice((None, dice.random())), divides=dice.random(),
            pool=dice.randint(0, 2),
        )
        for note in made.notes if dice.random() < 0.8
    )  # fmt: skip


def _do_something(made: World, topics: list[Topic]) -> None:
    dice = made.dice
    one, other = dice.sample(made.people, 2)
    note, kind = dice.choice(made.notes), dice.random()
    if kind < 0.5:
        like(one, note)
    elif kind < 0.7:
        follow(one, other)
    elif kind < 0.8:
        want_less(one, note)
    elif kind < 0.9:
        dice.choice((follow_topic, mute_topic))(one, dice.choice(topics))
    elif kind < 0.92:
        mute(one, other)
    else:
        wish = dice.choice(Taste.Other.values)
        change_taste(one, personal=dice.random() < 0.7, other_language=wish)


def change_weights(made: World) -> None:
    """A version of the weights in which some terms weigh nothing and some are turned round."""
    weigh({term: made.dice.choice((0.0, made.dice.gauss(0, 2))) for term in TERMS}, None)
