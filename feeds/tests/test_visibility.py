"""Table A: every state of a note against every kind of reader, on every surface.

A new surface is one line in `surfaces.SURFACES`, a new state or reader one line here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, change_profile, follow, leave, suspend
from accounts.models import FollowRequest, Notification, User, Viewer
from conftest import PostNote, bring_to, make_person
from feeds.search.indexing import tick
from feeds.tests.surfaces import SURFACES
from notes.actions import save_draft, submit_comment
from notes.models import Image, Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
Ready = Callable[[User], Image]

ROLES = (
    "anonymous", "stranger", "blocked", "blocker", "pending", "follower", "author", "moderator",
)  # fmt: skip
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
# Rows that join what other rows show one by one: the word is asked of them; all surfaces, which
# take minutes, with REDLEAF_WALK=all.
JOINED = {
    ("limited", "followers", "open"), ("removed", "private", "open"),
    ("pending", "followers", "open"), ("limited", "public", "private"),
    ("published", "private", "private"), ("limited", "public", "suspended"),
    ("published", "followers", "suspended"), ("held", "public", "left"),
}  # fmt: skip
WALKED = [row for row in TABLE if os.environ.get("REDLEAF_WALK") == "all" or row[:3] not in JOINED]
# What whoever may see a note finds it on, whatever its state.
ALWAYS = {"api note", "image file", "page note", "api comments"}
# The walk takes its time, and the word itself is asked for everybody: where a follower may not see
# a note, nobody walks who may see less than a follower; where only they may, a few of those do.
LESS_THAN_FOLLOWERS = {"anonymous", "stranger", "blocked", "blocker", "pending"}
NEARLY_FOLLOWERS = {"anonymous", "pending"}
# What the author alone opens.
AUTHORS_OWN = {"page edit", "page drafts"}


@pytest.fixture
def people(ann: User, bo: User) -> dict[str, Viewer]:
    """Ann writes; the others stand to her as their names say."""
    others = {role: make_person(f"the_{role}") for role in ROLES[1:6]}
    follow(others["follower"], ann)
    FollowRequest.objects.create(requester=others["pending"], target=ann)
    block(ann, others["blocked"])
    block(others["blocker"], ann)
    everybody: dict[str, Viewer] = {
        "anonymous": AnonymousUser(),
        **others,
        "author": ann,
        "moderator": bo,
    }
    return {role: everybody[role] for role in ROLES}


def written(people: dict[str, Viewer], ready_image: Ready, post_note: PostNote, state: str,
            audience: str) -> Note:  # fmt: skip
    """Ann's note in this state, in which everybody is named, with a comment by somebody else."""
    ann = people["author"]
    assert isinstance(ann, User)
    names = " ".join(f"@{person.username}" for person in people.values() if person != ann)
    title, body = "canary-title #canary", f"canary-body {names}"
    if state in ("draft", "scheduled"):
        at = timezone.now() + timedelta(hours=1) if state == "scheduled" else None
        image = ready_image(ann)
        return save_draft(ann, title=title, body=body, images=[image.pk], publish_at=at)
    note = post_note(ann, title, body, state=state, audience=audience)
    tick()
    bring_to(submit_comment(make_person("talker"), note, "canary-comment").case, "published")
    Notification.objects.filter(recipient=ann).delete()
    return note


def bring_account_to(ann: User, account: str) -> None:
    if account == "private":
        change_profile(ann, is_private=True)
    elif account == "suspended":
        suspend(ann)
    elif account == "left":
        leave(ann)


def walking_past(seen_by: str) -> set[str]:
    """Who need not walk: no surface could show them more than it shows a neighbour."""
    if os.environ.get("REDLEAF_WALK") == "all":
        return set()
    if seen_by[ROLES.index("follower")] == "-":
        return LESS_THAN_FOLLOWERS
    return LESS_THAN_FOLLOWERS - NEARLY_FOLLOWERS if seen_by[0] == "-" else set()


@pytest.mark.parametrize(("state", "audience", "account", "seen_by"), WALKED)
def test_every_surface_obeys_the_table(
    api: Api,
    people: dict[str, Viewer],
    ready_image: Ready,
    post_note: PostNote,
    state: str,
    audience: str,
    account: str,
    seen_by: str,
) -> None:
    note = written(people, ready_image, post_note, state, audience)
    assert isinstance(people["author"], User)
    bring_account_to(people["author"], account)
    found: dict[str, set[str]] = {}
    for role, viewer in people.items():
        if role == "author" and account in ("suspended", "left"):
            continue  # they cannot log in
        if role in walking_past(seen_by):
            continue
        client = client_of(api, viewer)
        found[role] = {name for name, surface in SURFACES.items() if surface(client, note)}
    for role, letter in zip(ROLES, seen_by, strict=True):
        shown = found.get(role, set())
        if letter == "-":
            assert shown == set(), role
        elif state not in ("draft", "scheduled"):
            assert shown >= ALWAYS, role
            assert role == "author" or not shown & AUTHORS_OWN


@pytest.mark.parametrize(("state", "audience", "account", "seen_by"), TABLE)
def test_the_word_itself_obeys_the_table(
    people: dict[str, Viewer],
    ready_image: Ready,
    post_note: PostNote,
    state: str,
    audience: str,
    account: str,
    seen_by: str,
) -> None:
    note = written(people, ready_image, post_note, state, audience)
    assert isinstance(people["author"], User)
    bring_account_to(people["author"], account)
    for role, letter in zip(ROLES, seen_by, strict=True):
        if role == "author" and (account in ("suspended", "left") or note.is_draft):
            continue
        sees = Note.objects.visible(people[role]).filter(pk=note.pk).exists()
        assert sees is (letter != "-"), role


def client_of(api: Api, viewer: Viewer) -> APIClient:
    """Somebody with a token and a session, or neither."""
    person = viewer if isinstance(viewer, User) else None
    client = api(person, ["read", "write", "moderate"])
    if person:
        client.force_login(person)
    return client


def test_the_walk_meets_enough_surfaces_and_all_of_them_can_show_something(
    api: Api, people: dict[str, Viewer], ready_image: Ready, post_note: PostNote
) -> None:
    note = written(people, ready_image, post_note, "published", "public")
    shown = set()
    for role in ("stranger", "follower", "author"):
        client = client_of(api, people[role])
        shown |= {name for name, surface in SURFACES.items() if surface(client, note)}
    draft = written(people, ready_image, post_note, "draft", "public")
    client = client_of(api, people["author"])
    shown |= {name for name, surface in SURFACES.items() if surface(client, draft)}
    assert len(SURFACES) >= 20
    assert set(SURFACES) - shown == set()
