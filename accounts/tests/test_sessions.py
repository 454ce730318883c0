"""Sessions and their people by compiled queries, the same as Django's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.prepared import Prepared, marker
from accounts.sessions import PersonBackend, PersonMiddleware, SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_read_as_it_was_written() -> None:
    written = SessionStore()
    written["leaf"] = "red"
    written.save()
    assert SessionStore(written.session_key)["leaf"] == "red"
    assert SessionStore("nobody").load() == {}


def test_an_outdated_session_is_empty_and_never_saved_under_its_old_key() -> None:
    written = SessionStore()
    written["leaf"] = "red"
    written.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    read = SessionStore(written.session_key)
    assert (read.get("leaf"), read.session_key) == (None, None)


def test_the_person_of_a_session_is_whole(ann: User) -> None:
    read = PersonBackend().get_user(ann.pk)
    assert read is not None
    assert {f: getattr(read, f) for f in vars(ann) if f[0] != "_"} == {
        f: value for f, value in vars(ann).items() if f[0] != "_"
    }


def test_a_suspended_person_is_signed_out(ann: User, client: Client) -> None:
    client.force_login(ann)
    assert client.get("/following/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/following/").status_code == 302


def test_a_new_password_ends_every_other_session(ann: User, client: Client) -> None:
    client.force_login(ann)
    ann.set_password("another-long-one")
    ann.save(update_fields=["password"])
    assert client.get("/following/").status_code == 302


def listed(client: Client, person: User) -> str:
    """Log in as by the form: django-allauth lists whose session it is."""
    client.force_login(person)
    key = str(client.session.session_key)
    UserSession.objects.create(session_key=key, user=person, ip="127.0.0.1")
    return key


def person_of(key: str) -> object:
    request = RequestFactory().get("/")
    request.session = SessionStore(key)
    PersonMiddleware(lambda _: HttpResponse())(request)
    return request.user if request.user.is_authenticated else None


def test_session_and_person_are_read_together(
    ann: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = listed(client, ann)
    with django_assert_num_queries(1):
        assert person_of(key) == ann


@pytest.mark.parametrize(
    "change",
    [
        lambda ann: User.objects.filter(pk=ann.pk).update(is_active=False),
        lambda ann: User.objects.filter(pk=ann.pk).update(password="another"),
        lambda ann: Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1)),
        lambda ann: Session.objects.all().delete(),
    ],
)
def test_a_listed_session_ends_like_every_other(
    ann: User, client: Client, change: Callable[[User], object]
) -> None:
    key = listed(client, ann)
    change(ann)
    assert person_of(key) is None


def test_a_session_is_of_whom_it_names_itself(ann: User, mei: User, client: Client) -> None:
    key = listed(client, ann)
    UserSession.objects.update(user=mei)
    assert person_of(key) == ann


def test_nobody_is_found_under_an_unknown_id(db: None) -> None:
    assert PersonBackend().get_user(10**9) is None


def test_a_compiled_query_is_the_query_with_other_values(ann: User, mei: User) -> None:
    named = Prepared(
        lambda: (
            User.objects.filter(pk__among=[marker(1)], username=marker(0), is_active=True)
            .order_by("pk")
            .values_list("username")
        )
    )
    both = [ann.pk, mei.pk]
    asked: list[Any] = [named.rows(name, both) for name in ("ann", "mei", "ann", "nobody")]
    assert asked == [[("ann",)], [("mei",)], [("ann",)], []]
    assert named.rows("ann", []) == []
