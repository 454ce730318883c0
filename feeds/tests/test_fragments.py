"""Fragments: drawn once for each version and language, shared by readers whose hearts differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from conftest import PostNote, introduce
from feeds import cards, store
from feeds.fragments import fragments, visible_rows
from moderation.actions import decide_by_hand
from moderation.models import Case
from moderation.policy import Outcome
from notes.actions import like, unlike
from notes.models import Note, Viewer

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


class Painter:
    """Draws a note as its title, and remembers what it drew."""

    def __init__(self) -> None:
        self.drawn: list[int] = []

    def draw(self, notes: Iterable[Note]) -> dict[int, bytes]:
        found = {note.pk: f"{note.title} by {note.author.name}".encode() for note in notes}
        self.drawn += sorted(found)
        return found

    def show(self, ids: list[int], viewer: Viewer = NOBODY, kind: str = "test") -> list[str]:
        rows = visible_rows(ids, viewer)
        return [fragment.decode() for fragment in fragments(kind, rows, self.draw)]


@pytest.fixture
def painter() -> Painter:
    return Painter()


def test_a_fragment_is_drawn_once_for_all_readers(
    ann: User, mei: User, post_note: PostNote, painter: Painter
) -> None:
    note = post_note(ann, "Leaves")
    like(mei, note)
    shown = [painter.show([note.pk], viewer) for viewer in (NOBODY, ann, mei)]
    assert (shown, painter.drawn) == ([["Leaves by Ann"]] * 3, [note.pk])


def test_a_process_remembers_some_of_what_it_drew(
    ann: User, post_note: PostNote, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pk = post_note(ann, "Leaves").pk
    painter.show([pk])
    store.client.flushdb()
    assert (painter.show([pk]), painter.drawn) == (["Leaves by Ann"], [pk])
    monkeypatch.setattr("feeds.fragments.MOST_HERE", 0)
    painter.show([pk], kind="other")
    assert (painter.show([pk]), painter.drawn) == (["Leaves by Ann"], [pk] * 3)


def test_only_what_is_missing_is_drawn_and_the_order_is_kept(
    ann: User, post_note: PostNote, painter: Painter
) -> None:
    one, two, three = (post_note(ann, title).pk for title in ("one", "two", "three"))
    painter.show([two])
    painter.drawn.clear()
    assert painter.show([three, two, one]) == ["three by Ann", "two by Ann", "one by Ann"]
    assert painter.drawn == [one, three]


def test_each_kind_of_fragment_is_drawn_apart(
    ann: User, post_note: PostNote, painter: Painter
) -> None:
    pk = post_note(ann).pk
    for kind in ("card:en", "card:zh-hans", "json", "card:en"):
        painter.show([pk], kind=kind)
    assert painter.drawn == [pk] * 3


CHANGES: dict[str, tuple[Callable[[Note], object], bool]] = {
    "a rename": (lambda note: introduce(note.author, display_name="Ann of Ohio"), True),
    "a new version": (lambda note: Note.objects.update(version=2), True),
    "a limit": (lambda note: decide_by_hand(_case(), None, Outcome.LIMIT, "spam_scam"), True),
    "a warning": (lambda note: decide_by_hand(_case(), None, Outcome.WARN, "harassment"), True),
    "a like": (lambda note: like(note.author, note), False),
    "a like taken back": (lambda note: unlike(note.author, note), False),
    "nothing": (lambda note: None, False),
}


def _case() -> Case:
    return Case.objects.get()


@pytest.mark.parametrize("change", CHANGES)
def test_a_fragment_is_drawn_anew_after_what_it_shows_has_changed(
    ann: User, post_note: PostNote, painter: Painter, change: str
) -> None:
    note = post_note(ann)
    painter.show([note.pk])
    act, again = CHANGES[change]
    act(note)
    painter.show([note.pk])
    painter.show([note.pk])
    assert painter.drawn == [note.pk] * (2 if again else 1)


def test_a_hidden_note_is_not_shown_though_its_fragment_is_kept(
    ann: User, post_note: PostNote, painter: Painter
) -> None:
    note = post_note(ann)
    assert painter.show([note.pk]) == ["Autumn walk by Ann"]
    decide_by_hand(_case(), None, Outcome.REMOVE, "harassment")
    assert painter.show([note.pk]) == []
    assert [key for key in store.client.keys("test:*") if f":{note.pk}:".encode() in key]


def test_a_fragment_does_not_stay_for_ever(
    ann: User, post_note: PostNote, painter: Painter
) -> None:
    painter.show([post_note(ann).pk])
    (key,) = store.client.keys("test:*")
    assert 0 < store.client.ttl(key) <= 24 * 60 * 60


def test_a_note_deleted_before_it_is_drawn_leaves_a_gap_and_no_error(
    ann: User, post_note: PostNote, painter: Painter
) -> None:
    rows = visible_rows([post_note(ann).pk], NOBODY)
    Note.objects.all().delete()
    assert fragments("test", rows, painter.draw) == [b""]
    assert cards.cards_of(rows, signed_in=False) == ""


def hearts(client: Client) -> list[tuple[str, str]]:
    """(pressed or "", count) of each card."""
    page = client.get("/").content.decode()
    pattern = r'class="heart"(?:[^>]*aria-pressed="(\w+)")?[^>]*>.*?<span data-count="(\d+)"'
    return re.findall(pattern, page)


def test_hearts_differ_while_the_cards_are_shared(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    readers = [client, browser_of(ann), browser_of(mei)]
    assert [hearts(reader) for reader in readers] == [
        [("", "0")],
        [("false", "0")],
        [("false", "0")],
    ]
    like(mei, note)
    like(tang, note)
    assert [hearts(reader) for reader in readers] == [
        [("", "2")],
        [("false", "2")],
        [("true", "2")],
    ]
    unlike(mei, note)
    assert [hearts(reader) for reader in readers] == [
        [("", "1")],
        [("false", "1")],
        [("false", "1")],
    ]
    assert len(store.client.keys("card:en:*")) == 1


def test_a_card_speaks_the_readers_language(client: Client, ann: User, post_note: PostNote) -> None:
    post_note(ann, images=2)
    said = {}
    for language in ("en", "zh-hans", "en"):
        page = client.get("/", headers={"Accept-Language": language}).content.decode()
        said[language] = re.findall(r'visually-hidden">([^<]+)</span>2</span>', page)
    assert said["en"] == ["Images"]
    assert said["zh-hans"] != said["en"]
    assert len(store.client.keys("card:*")) == 2
