"""Named people and real notes for every test.

Ann lives in Ohio and reads English, Mei lives in Hangzhou and reads Chinese, Bo is a moderator,
Tang makes trouble.
"""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from PIL import Image as Picture
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from accounts.actions import change_profile, issue_token
from accounts.models import MODERATORS, Scope, User
from feeds import store
from feeds.delivery import deliver_published
from feeds.ranking import COMMON_SCOPES
from moderation.actions import decide_by_hand
from moderation.judging import judge_case
from moderation.models import Case
from moderation.policy import Outcome
from moderation.profiles import open_proposed
from notes.models import Image, Note
from notes.tests.posting import post, ready_picture

PASSWORD = "maple-leaf-in-autumn"

PostNote = Callable[..., Note]


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes_and_plain_files(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Passwords cost no time, and static files have the names that they have in the sources.

    None are collected: each test client would look through all of them before its first request.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES=settings.STORAGES | {"staticfiles": plain},
    ):
        yield


@pytest.fixture(scope="session")
def media_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test; most tests write nothing and never make it."""
    parent = tmp_path_factory.mktemp("media")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_files_and_redis(settings: LazySettings, media_folders: Iterator[Path]) -> None:
    """Every test has its own media folder and an empty Redis."""
    settings.MEDIA_ROOT = next(media_folders)
    store.client.flushdb()
    caches["drawn"].clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy a database that was migrated before, where there is one: migrating takes its time."""
    if template := os.environ.get("REDLEAF_TEMPLATE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="module")
def shared_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module write, its tests share; each of them takes its own back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_person(username: str, **fields: Any) -> User:
    fields = {"email": f"{username}@example.org", "password": PASSWORD} | fields
    return User.objects.create_user(username, **fields)


def make_moderator(username: str, **fields: Any) -> User:
    moderator = make_person(username, is_staff=True, **fields)
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    return moderator


@pytest.fixture
def ann(db: None) -> User:
    return make_person("ann", display_name="Ann", languages=["en"], ui_language="en")


@pytest.fixture
def mei(db: None) -> User:
    return make_person("mei", display_name="小梅", languages=["zh"], ui_language="zh-hans")


@pytest.fixture
def tang(db: None) -> User:
    return make_person("tang", display_name="Tang", languages=["zh", "en"])


@pytest.fixture
def bo(db: None) -> User:
    return make_moderator("bo_wen", display_name="Bo", languages=["zh", "en"])


def picture_bytes(width: int = 60, height: int = 80, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Picture.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="session")
def photo() -> bytes:
    return picture_bytes()


@pytest.fixture(scope="session")
def ready_image(photo: bytes) -> Callable[[User], Image]:
    """A picture that somebody uploaded and a worker rendered."""

    def upload(owner: User, alt: str = "") -> Image:
        image = ready_picture(owner, photo, alt=alt)
        image.save()
        return image

    return upload


@pytest.fixture(scope="session")
def post_note(photo: bytes) -> PostNote:
    """A note that was posted, and its case brought into `state` through its one door."""

    def posted(
        author: User,
        title: str = "Autumn walk",
        body: str = "",
        state: str = "published",
        images: int = 1,
        picture: bytes = photo,
        **fields: Any,
    ) -> Note:
        pictures = [ready_picture(author, picture) for _ in range(images)]
        # Nobody's timeline is there to push it to.
        at_once = state == "published" and not store.client.keys("following:*")
        note = post(author, title, body, pictures, published=at_once, **fields)
        if not at_once:
            bring_to(note.case, state)
            deliver_published()
        # Ranked when somebody asks, which a beat would have done by then.
        store.client.delete(*(scope.key("current") for scope in COMMON_SCOPES))
        return Note.objects.select_related("case").get(pk=note.pk)

    return posted


def bring_to(case: Case, state: str) -> None:
    case.refresh_from_db()
    if state == "judged":
        judge_case(case.pk)
    elif state != "pending":
        outcome = {
            "published": Outcome.PUBLISH,
            "limited": Outcome.LIMIT,
            "held": Outcome.HOLD,
            "removed": Outcome.REMOVE,
        }[state]
        rule = "" if outcome is Outcome.PUBLISH else "harassment"
        decide_by_hand(case, by=None, outcome=outcome, rule=rule)
    case.refresh_from_db()


def introduce(person: User, state: str = "published", **words: str) -> Case:
    """Change name or bio through the real action, then bring the case into `state`."""
    change_profile(person, **words)
    (pk,) = open_proposed()
    case = Case.objects.get(pk=pk)
    bring_to(case, state)
    person.refresh_from_db()
    return case


@pytest.fixture
def api() -> Callable[..., APIClient]:
    """A client with a token of this person, or without one."""

    def client_of(user: User | None = None, scopes: list[str] | None = None) -> APIClient:
        client = APIClient()
        if user is not None:
            _, secret = issue_token(user, scopes or [Scope.READ, Scope.WRITE])
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return client_of


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """A signed-in Django test client."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
