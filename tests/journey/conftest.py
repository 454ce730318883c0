"""Ann from Ohio, Mei from Hangzhou who follows her, Tang the troublemaker, and a stranger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.house import House
from tests.journey.people import Person, Visitor


def joined(house: House, name: str, language: str) -> Iterator[Person]:
    person = Person(house.url, name, language)
    yield person
    person.http.close()


@pytest.fixture
def ann(stack: House) -> Iterator[Person]:
    yield from joined(stack, "ann", "en")


@pytest.fixture
def tang(stack: House) -> Iterator[Person]:
    yield from joined(stack, "tang", "zh")


@pytest.fixture
def bo(stack: House) -> Iterator[Person]:
    """A moderator, made one at the command line."""
    for bo in joined(stack, "bo", "en"):
        stack.python(MODERATOR.format(username=bo.username))
        yield bo


@pytest.fixture
def mei(stack: House, ann: Person) -> Iterator[Person]:
    for mei in joined(stack, "mei", "zh"):
        mei.follow(ann)
        yield mei


@pytest.fixture
def stranger(stack: House) -> Iterator[Visitor]:
    visitor = Visitor(stack.url)
    yield visitor
    visitor.http.close()


MODERATOR = """
from django.contrib.auth.models import Group
from accounts.models import MODERATORS, User
bo = User.objects.get(username="{username}")
bo.is_staff = True
bo.save(update_fields=["is_staff"])
bo.groups.add(Group.objects.get(name=MODERATORS))
"""
