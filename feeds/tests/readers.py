"""Every kind of reader, and authors who stand to them as their names say."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIClient

from accounts.actions import block, follow
from accounts.models import FollowRequest, User, Viewer
from conftest import make_moderator, make_person
from feeds.pages import following_page

Api = Callable[..., APIClient]
ROLES = (
    "anonymous", "stranger", "blocked", "blocker", "pending", "follower", "author", "moderator",
)  # fmt: skip


def make_readers() -> dict[str, Viewer]:
    """Whoever is not an author, in the order of the roles; authors stand to them as they say."""
    others = {role: make_person(f"the_{role}") for role in ROLES[1:6]}
    return {
        "anonymous": AnonymousUser(),
        **others,
        "moderator": make_moderator("bo_wen", languages=["zh", "en"]),
    }


def feed_of(reader: User) -> list[int]:
    """All pages of what a reader follows."""
    reader.refresh_from_db()
    found, cursor = [], ""
    while True:
        page = following_page(reader, cursor, 3)
        found += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            return found


def names(people: dict[str, Viewer]) -> str:
    return " ".join(f"@{person.username}" for person in people.values() if person.pk)


def writer(account: str, people: dict[str, Viewer]) -> User:
    """An author to whom the others stand as their names say."""
    author = make_person(f"the_{account}", display_name="Ann", languages=["en"])
    others = {role: person for role, person in people.items() if isinstance(person, User)}
    follow(others["follower"], author)
    FollowRequest.objects.create(requester=others["pending"], target=author)
    block(author, others["blocked"])
    block(others["blocker"], author)
    return author


def client_of(api: Api, viewer: Viewer) -> APIClient:
    """Somebody with a token and a session, or neither."""
    person = viewer if isinstance(viewer, User) else None
    client = api(person, ["read", "write", "moderate"])
    if person:
        client.force_login(person)
    return client
