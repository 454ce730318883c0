"""Table A: every state of a note against every kind of reader, on every surface.

One world has a note for each row; whoever walks it meets all of them on each surface, and what they
did there is taken back. A new surface is one line in `surfaces.SURFACES`, a new state or reader one
line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import change_profile, leave, suspend
from accounts.models import User, Viewer
from conftest import PostNote, bring_to, make_person
from feeds.ranking import refresh_common
from feeds.search.indexing import tick
from feeds.tests.readers import ROLES, Api, client_of, make_readers, names, writer
from feeds.tests.surfaces import SURFACES
from notes.actions import save_draft, submit_comment
from notes.models import Comment, Image, Note
from notes.seeing import sees_comment, sees_note

pytestmark = pytest.mark.django_db
Ready = Callable[[User], Image]

# state, audience, account of the author: a letter for each role that sees it, "-" for the others.
TABLE = [
    ("published", "public",    "open",      "as--pfam"),
    ("published", "followers", "open",      "-----fa-"),
    ("published", "private",   "open",      "------a-"),
    ("draft",     "public",    "open",      "------a-"),
    ("scheduled", "public",    "open",      "------a-"),
    ("pending",   "public",    "open",      "------am"),
    ("pending",   "followers", "open",      "------a-"),
    ("held",      "public",    "open",      "------am"),
    ("held",      "followers", "open",      "------a-"),
    ("limited",   "public",    "open",      "as--pfam"),
    ("limited",   "followers", "open",      "-----fa-"),
    ("removed",   "public",    "open",      "------am"),
    ("removed",   "private",   "open",      "------a-"),
    ("published", "public",    "private",   "-----fa-"),
    ("published", "private",   "private",   "------a-"),
    ("limited",   "public",    "private",   "-----fa-"),
    ("held",      "public",    "private",   "------a-"),
    ("published", "public",    "suspended", "-------m"),
    ("published", "followers", "suspended", "--------"),
    ("limited",   "public",    "suspended", "-------m"),
    ("published", "public",    "left",      "--------"),
    ("held",      "public",    "left",      "--------"),
]  # fmt: skip
ACCOUNTS = dict.fromkeys(row[2] for row in TABLE)
# What whoever may see a note finds it on, whatever its state.
ALWAYS = {"api note", "image file", "page note", "api comments"}
DRAFTS = {"draft", "scheduled"}
# What the author alone opens.
AUTHORS_OWN = {"page edit", "page drafts"}


Row = tuple[str, str, str, str]
World = dict[Row, Note]


@dataclass(frozen=True, slots=True)
class Place:
    """Who reads, what was written, and where its files are."""

    people: dict[str, Viewer]
    world: World
    folder: Path


@pytest.fixture(scope="module")
def place(
    shared_database: None, media_folders: Iterator[Path], ready_image: Ready, post_note: PostNote
) -> Place:
    folder = next(media_folders)
    with override_settings(MEDIA_ROOT=folder):
        people = make_readers()
        return Place(people, build(people, ready_image, post_note), folder)


@pytest.fixture
def people(db: None, place: Place) -> dict[str, Viewer]:
    return deepcopy(place.people)


@pytest.fixture
def world(db: None, place: Place, settings: LazySettings) -> World:
    settings.MEDIA_ROOT = place.folder
    refresh_common()
    return deepcopy(place.world)


def build(people: dict[str, Viewer], ready_image: Ready, post_note: PostNote) -> World:
    """A note for each row, in which everybody is named, with a comment by somebody else."""
    authors = {account: writer(account, people) for account in ACCOUNTS}
    talker = make_person("talker")
    notes = {}
    for number, (state, audience, account, seen_by) in enumerate(TABLE):
        title = f"canary{number:02}"
        body = f"body #canary #{title} {names(people)}"
        if state in DRAFTS:
            at = timezone.now() + timedelta(hours=1) if state == "scheduled" else None
            images = [ready_image(authors[account]).pk]
            note = save_draft(
                authors[account], title=title, body=body, images=images, publish_at=at
            )
        else:
            note = post_note(authors[account], title, body, state=state, audience=audience)
            bring_to(submit_comment(talker, note, f"{title} says").case, "published")
        notes[state, audience, account, seen_by] = note
    tick()
    for account, author in authors.items():
        bring_account_to(author, account)
    return notes


def bring_account_to(author: User, account: str) -> None:
    if account == "private":
        change_profile(author, is_private=True)
    elif account == "suspended":
        suspend(author)
    elif account == "left":
        leave(author)


def notes_seen(world: World, role: str) -> set[Note]:
    """What this role may see, by the table."""
    return {note for row, note in world.items() if row[3][ROLES.index(role)] != "-"}


def authors_of(world: World) -> dict[User, list[Note]]:
    """Who can log in, and what is theirs."""
    theirs: dict[User, list[Note]] = {}
    for (_, _, account, _), note in world.items():
        if account in ("open", "private"):
            theirs.setdefault(note.author, []).append(note)
    return theirs


@pytest.mark.parametrize("role", [role for role in ROLES if role != "author"])
def test_every_surface_obeys_the_table(
    api: Api, world: World, people: dict[str, Viewer], role: str
) -> None:
    client, seen = client_of(api, people[role]), notes_seen(world, role)
    dot = b'class="unread"' in client.get("/notifications/unread/").content
    shown = {name: surface(client, world.values()) for name, surface in SURFACES.items()}
    # Being named in these notes is all the news that anybody has.
    assert dot is bool(shown["api notifications"])
    assert {name: found - seen for name, found in shown.items() if found - seen} == {}
    assert {name: seen - shown[name] for name in ALWAYS if seen - shown[name]} == {}
    assert not any(shown[name] for name in AUTHORS_OWN)
    assert_counts_tell_no_more(client, seen)


def test_authors_meet_their_own_on_every_surface(api: Api, world: World) -> None:
    for author, notes in authors_of(world).items():
        client = client_of(api, author)
        shown = {name: surface(client, notes) for name, surface in SURFACES.items()}
        sent = {note for note in notes if not note.is_draft}
        assert {name: sent - shown[name] for name in ALWAYS if sent - shown[name]} == {}


def assert_counts_tell_no_more(client: APIClient, seen: set[Note]) -> None:
    """The number on a profile counts what is listed there."""
    for account in ACCOUNTS:
        told = client.get(f"/api/v1/users/the_{account}/").json().get("note_count", 0)
        listed = client.get(f"/api/v1/users/the_{account}/notes/").json().get("results", [])
        assert told == len(listed), account
        assert told <= len([note for note in seen if note.author.username == f"the_{account}"])


def test_the_word_itself_obeys_the_table(world: World, people: dict[str, Viewer]) -> None:
    for role, viewer in people.items():
        assert set(Note.objects.visible(viewer)) == notes_seen(world, role), role
        assert {n for n in world.values() if sees_note(viewer, n.pk)} == notes_seen(world, role)
        comments = Comment.objects.filter(note__in=Note.objects.visible(viewer)).visible(viewer)
        assert {c for c in Comment.objects.all() if sees_comment(viewer, c.pk)} == set(comments)
    for author, notes in authors_of(world).items():
        sent = {note for note in notes if not note.is_draft}
        assert set(Note.objects.visible(author).filter(author=author)) == sent
