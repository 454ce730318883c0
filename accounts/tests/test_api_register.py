"""Joining and taking tokens over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Letter, Token, User
from conftest import PASSWORD

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db

ANN = {"username": "ann", "email": "ann@example.org", "password": PASSWORD, "languages": ["en"]}


def fields_of(problem: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in problem.json()["errors"]}


def test_ann_joins_and_gets_a_token_that_works(api: Api) -> None:
    joined = api().post("/api/v1/auth/register/", ANN)
    assert joined.status_code == 201
    assert joined.json()["user"]["username"] == "ann"
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {joined.json()['token']}")
    assert client.get("/api/v1/me/").json()["languages"] == ["en"]


@pytest.mark.parametrize("again", ["ANN", "Ann", "ａｎｎ", " ann "])
def test_a_handle_is_taken_in_every_case_and_width(api: Api, again: str) -> None:
    api().post("/api/v1/auth/register/", ANN)
    refused = api().post(
        "/api/v1/auth/register/", ANN | {"username": again, "email": "other@example.org"}
    )
    assert refused.status_code == 400
    assert fields_of(refused) == {"username": "unique"}
    assert User.objects.count() == 1


@pytest.mark.parametrize("again", ["ann@example.org", "ANN@Example.org", "ａｎｎ@example.org"])
def test_nobody_joins_twice_in_a_hurry(api: Api, again: str) -> None:
    api().post("/api/v1/auth/register/", ANN)
    refused = api().post("/api/v1/auth/register/", ANN | {"username": "anna", "email": again})
    assert fields_of(refused) == {"email": "unique"}
    assert User.objects.count() == 1


@pytest.fixture
def long_here(mei: User) -> User:
    """Mei, who joined lately enough to be somebody, and confirmed her address."""
    User.objects.update(date_joined=timezone.now() - timedelta(hours=1))
    EmailAddress.objects.create(user=mei, email=mei.email, primary=True, verified=True)
    return mei


def test_nobody_learns_whether_an_address_is_in_use(api: Api, long_here: User) -> None:
    bodies = []
    for handle, email in (("first", "unknown@example.org"), ("other", "MEI@example.org")):
        joined = api().post("/api/v1/auth/register/", ANN | {"username": handle, "email": email})
        assert joined.status_code == 201
        by_address = {"username": email, "password": PASSWORD}
        assert api().post("/api/v1/auth/token/", by_address).status_code == 201
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {joined.json()['token']}")
        me = client.get("/api/v1/me/").json()
        assert (me["username"], me["email"]) == (handle, email.lower())
        bodies.append({key: str(value) for key, value in joined.json()["user"].items()})
    told_apart = {key for key in bodies[0] if bodies[0][key] != bodies[1][key]}
    assert told_apart == {"username", "email", "date_joined"}


def test_whose_address_it_is_they_are_told_and_stay_who_they_are(
    api: Api, client: Client, long_here: User
) -> None:
    other = ANN | {"email": long_here.email}  # with the same password even
    assert api().post("/api/v1/auth/register/", other).status_code == 201
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (long_here.email, "你已经有账号了")
    assert "/accounts/password/reset/" in letter.text
    taken = api().post("/api/v1/auth/token/", {"username": long_here.email, "password": PASSWORD})
    assert Token.objects.get(user=long_here).scopes == taken.json()["scopes"]
    client.post("/accounts/password/reset/", {"email": long_here.email})
    assert "@mei" in Letter.objects.latest("pk").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "a"}, "username"),
        ({"username": "ann lee"}, "username"),
        ({"username": "аnn"}, "username"),  # a Cyrillic а
        ({"username": "x" * 25}, "username"),
        ({"username": None}, "username"),
        ({"username": ["ann"]}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "1234567890123"}, "password"),
        ({"languages": ["fr"]}, "languages.0"),
    ],
)
def test_a_bad_field_is_named(api: Api, changed: dict[str, Any], field: str) -> None:
    refused = api().post("/api/v1/auth/register/", ANN | changed)
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert set(fields_of(refused)) == {field}
    assert not User.objects.exists()


def test_the_refusal_speaks_the_readers_language(api: Api) -> None:
    answers = [
        api().post("/api/v1/auth/register/", ANN | {"email": "x"}, HTTP_ACCEPT_LANGUAGE=language)
        for language in ("en", "zh-CN")
    ]
    english, chinese = (answer.json()["errors"][0]["detail"] for answer in answers)
    assert english == "Enter a valid email address."
    assert english != chinese


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("phone", "The token “phone” may act for you on Redleaf: read, write."),
        ("", "A new token without a name may act for you on Redleaf: read, write."),
    ],
)
def test_of_a_token_for_a_password_one_is_told_by_letter(
    api: Api, ann: User, name: str, told: str
) -> None:
    asked = {"username": "ann", "password": PASSWORD, "scopes": ["read", "write"], "name": name}
    assert api().post("/api/v1/auth/token/", asked | {"password": "wrong"}).status_code == 400
    assert not Letter.objects.exists()
    assert api().post("/api/v1/auth/token/", asked).status_code == 201
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (ann.email, "A token was made")
    assert told in letter.text
    assert "If it was not you" in letter.text


def test_the_token_one_joins_with_is_no_news(api: Api) -> None:
    assert api().post("/api/v1/auth/register/", ANN).status_code == 201
    assert [letter.subject for letter in Letter.objects.all()] == [
        "Welcome to Redleaf: is this your address?"
    ]


def test_a_token_is_taken_by_name_or_address_and_listed_and_revoked(api: Api, ann: User) -> None:
    for name in ("ann", "ANN", "ann@example.org"):
        asked = {"username": name, "password": PASSWORD, "scopes": ["read"], "name": "phone"}
        taken = api().post("/api/v1/auth/token/", asked)
        assert taken.status_code == 201
        assert taken.json()["scopes"] == ["read"]
    client = api(ann)
    listed = client.get("/api/v1/auth/tokens/").json()["results"]
    assert [token["name"] for token in listed] == ["", "phone", "phone", "phone"]
    assert client.delete(f"/api/v1/auth/tokens/{listed[1]['id']}/").status_code == 204
    old = APIClient()
    old.credentials(HTTP_AUTHORIZATION=f"Bearer {taken.json()['token']}")
    assert old.get("/api/v1/me/").status_code == 401


def test_a_wrong_password_is_refused_and_ten_of_them_close_the_door(api: Api, ann: User) -> None:
    wrong = {"username": "ann", "password": "not hers"}
    answers = [api().post("/api/v1/auth/token/", wrong).status_code for _ in range(11)]
    assert answers == [400] * 10 + [429]
    assert not Token.objects.exists()


def test_nobody_revokes_the_token_of_another(api: Api, ann: User, mei: User) -> None:
    api(mei)
    hers = Token.objects.get(user=mei)
    assert api(ann).delete(f"/api/v1/auth/tokens/{hers.pk}/").status_code == 404
    assert Token.objects.filter(pk=hers.pk).exists()


def test_the_token_in_use_revokes_itself(api: Api, ann: User) -> None:
    client = api(ann)
    assert client.delete("/api/v1/auth/token/").status_code == 204
    assert client.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize("token", ["nonsense", "x" * 5000, "\xff\xfe", "two words"])
def test_a_wrong_token_is_a_401_in_words(api: Api, token: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    refused = client.get("/api/v1/me/")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == "Bearer"
    assert refused.json()["status"] == 401


def test_a_token_does_no_more_than_its_scopes(api: Api, ann: User, mei: User) -> None:
    reader, writer = api(ann, ["read"]), api(ann, ["write"])
    assert reader.get("/api/v1/me/").status_code == 200
    assert reader.put("/api/v1/users/mei/follow/").status_code == 403
    assert writer.get("/api/v1/me/").status_code == 403
    assert writer.put("/api/v1/users/mei/follow/").status_code == 204
