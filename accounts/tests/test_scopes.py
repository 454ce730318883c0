"""What a token opens, tried on every operation of the API's own document."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.actions import issue_token
from accounts.models import Scope, Token, User

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
# Joining, and taking or giving back a token: a token is not what they ask for.
DOORS = {"POST /auth/register/": 400, "POST /auth/token/": 400}
GIVING_BACK = "DELETE /auth/token/"
# What anybody reads; of what is not there, 404.
PUBLIC = {
    "GET /exchange/": 200,
    "GET /exchange/{id}/": 404,
    "GET /glossary/": 200,
    "GET /glossary/{name}/": 404,
    "GET /boards/{id}/": 404,
    "GET /boards/{id}/notes/": 404,
    "GET /comments/{id}/": 404,
    "GET /feeds/explore/": 200,
    "GET /notes/{id}/": 404,
    "GET /notes/{id}/history/": 404,
    "GET /notes/{id}/translation/": 404,
    "GET /comments/{id}/translation/": 404,
    "GET /users/{username}/translation/": 404,
    "GET /notes/{id}/wordings/": 404,
    "GET /comments/{id}/wordings/": 404,
    "GET /users/{username}/wordings/": 404,
    "GET /notes/{id}/comments/": 404,
    "GET /notes/{id}/related/": 404,
    "GET /rules/": 200,
    "GET /search/": 200,
    "GET /search/suggest/": 200,
    "GET /topics/": 200,
    "GET /transparency/": 200,
    "GET /topics/{name}/": 404,
    "GET /users/{username}/": 404,
    "GET /users/{username}/boards/": 404,
    "GET /users/{username}/followers/": 404,
    "GET /users/{username}/following/": 404,
    "GET /users/{username}/notes/": 404,
}
PERSONAL = {
    "GET /auth/tokens/": 200,
    "GET /boards/": 200,
    "GET /decisions/": 200,
    "GET /decisions/{id}/": 404,
    "GET /feeds/following/": 200,
    "GET /feeds/home/": 200,
    "GET /images/{id}/": 404,
    "GET /me/": 200,
    "GET /me/drafts/": 200,
    "GET /exchange/greetings/": 200,
    "GET /me/feed/": 200,
    "GET /me/feed/profile/": 200,
    "GET /notes/{id}/why/": 404,
    "GET /me/follow-requests/": 200,
    "GET /me/blocks/": 200,
    "GET /me/export/{id}/": 404,
    "GET /me/muted-words/": 200,
    "GET /me/mutes/": 200,
    "GET /me/room/": 200,
    "GET /me/searches/": 200,
    "GET /me/suggestions/": 200,
    "GET /notifications/": 200,
    "GET /notifications/unread/": 200,
    "GET /reports/": 200,
}
WRITING = {
    "POST /glossary/": 400,
    "POST /notes/{id}/wordings/": 404,
    "POST /comments/{id}/wordings/": 404,
    "POST /users/{username}/wordings/": 404,
    "PUT /wordings/{id}/acceptance/": 404,
    "DELETE /wordings/{id}/acceptance/": 404,
    "DELETE /auth/tokens/{id}/": 404,
    "POST /decisions/{id}/appeal/": 404,
    "POST /pause/": 400,
    "POST /reports/": 400,
    "POST /boards/": 400,
    "PUT /boards/": 400,
    "PATCH /boards/{id}/": 404,
    "PUT /boards/{id}/notes/": 404,
    "DELETE /boards/{id}/": 404,
    "PATCH /comments/{id}/": 404,
    "PUT /comments/{id}/like/": 404,
    "DELETE /comments/{id}/like/": 404,
    "PUT /comments/{id}/pin/": 404,
    "DELETE /comments/{id}/pin/": 404,
    "DELETE /comments/{id}/": 404,
    "POST /images/": 400,
    "PATCH /images/{id}/": 404,
    "DELETE /images/{id}/": 404,
    "PATCH /me/": 200,
    "PATCH /me/feed/": 200,
    "DELETE /me/feed/profile/": 204,
    "PUT /notes/{id}/less/": 404,
    "DELETE /notes/{id}/less/": 404,
    "PUT /topics/{name}/follow/": 404,
    "DELETE /topics/{name}/follow/": 404,
    "PUT /topics/{name}/mute/": 404,
    "DELETE /topics/{name}/mute/": 404,
    "PUT /me/follow-requests/{username}/": 404,
    "DELETE /me/follow-requests/{username}/": 404,
    "DELETE /me/": 400,
    "POST /me/export/": 202,
    "DELETE /me/followers/{username}/": 404,
    "DELETE /me/searches/": 204,
    "DELETE /me/searches/{id}/": 204,
    "POST /me/muted-words/": 400,
    "DELETE /me/muted-words/{id}/": 404,
    "POST /notes/": 400,
    "PATCH /notes/{id}/": 404,
    "DELETE /notes/{id}/edit/": 404,
    "PUT /notes/{id}/save/": 404,
    "DELETE /notes/{id}/save/": 404,
    "DELETE /notes/{id}/": 404,
    "POST /notes/{id}/comments/": 404,
    "PUT /notes/{id}/like/": 404,
    "DELETE /notes/{id}/like/": 404,
    "POST /notifications/read/": 400,
    "PUT /users/{username}/follow/": 404,
    "DELETE /users/{username}/follow/": 404,
    "PUT /users/{username}/block/": 404,
    "DELETE /users/{username}/block/": 404,
    "PUT /users/{username}/mute/": 404,
    "DELETE /users/{username}/mute/": 404,
}
NOBODYS = {"id": "0", "username": "nobody", "name": "nothing"}


@cache
def operations() -> list[tuple[str, str, str]]:
    """(name, method, address of something that is not there) of each operation."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        (
            f"{method.upper()} {path.removeprefix('/api/v1')}",
            method,
            re.sub(r"{(\w+)}", lambda match: NOBODYS[match[1]], path),
        )
        for path, item in document["paths"].items()
        for method in item
    ]


def answers(client_of: Callable[[], Any]) -> dict[str, int]:
    """The status of every operation; each asked by a client of its own."""
    return {
        name: getattr(client_of(), method)(address, content_type="application/json").status_code
        for name, method, address in operations()
    }


def each(table: dict[str, int], status: int) -> dict[str, int]:
    return dict.fromkeys(table, status)


def test_the_tables_name_every_operation_once() -> None:
    named = [*DOORS, GIVING_BACK, *PUBLIC, *PERSONAL, *WRITING]
    assert sorted(named) == sorted(name for name, _, _ in operations())


def test_without_a_token_only_what_is_public_answers(api: Api) -> None:
    expected = DOORS | PUBLIC | each(PERSONAL, 401) | each(WRITING, 401) | {GIVING_BACK: 401}
    assert answers(api) == expected


def test_a_token_to_read_writes_nothing(api: Api, ann: User) -> None:
    expected = DOORS | PUBLIC | PERSONAL | each(WRITING, 403) | {GIVING_BACK: 204}
    assert answers(lambda: api(ann, [Scope.READ])) == expected


def test_a_token_to_write_reads_nothing(api: Api, ann: User) -> None:
    expected = DOORS | each(PUBLIC | PERSONAL, 403) | WRITING | {GIVING_BACK: 204}
    assert answers(lambda: api(ann, [Scope.WRITE])) == expected


def test_a_token_for_both_opens_all(api: Api, ann: User) -> None:
    expected = DOORS | PUBLIC | PERSONAL | WRITING | {GIVING_BACK: 204}
    assert answers(lambda: api(ann, [Scope.READ, Scope.WRITE])) == expected


def test_a_token_to_moderate_neither_reads_nor_writes(api: Api, bo: User) -> None:
    expected = DOORS | each(PUBLIC | PERSONAL | WRITING, 403) | {GIVING_BACK: 204}
    assert answers(lambda: api(bo, [Scope.MODERATE])) == expected


def outdated(user: User) -> None:
    Token.objects.update(expiry=timezone.now() - timedelta(seconds=1))


def suspended(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def revoked(user: User) -> None:
    Token.objects.all().delete()


@pytest.mark.parametrize("end", [outdated, suspended, revoked])
def test_a_token_that_ended_opens_not_even_what_is_public(
    api: Api, ann: User, end: Callable[[User], None]
) -> None:
    client = api(ann)
    assert client.get("/api/v1/me/").status_code == 200
    end(ann)
    every = DOORS | PUBLIC | PERSONAL | WRITING | {GIVING_BACK: 401}
    assert answers(lambda: client) == each(every, 401)


def test_a_browser_reads_and_writes_only_from_a_page_of_ours(ann: User) -> None:
    def browser() -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(ann)
        return client

    told = answers(browser)
    expected = each(DOORS, 403) | PUBLIC | PERSONAL | each(WRITING, 403) | {GIVING_BACK: 403}
    assert told == expected


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This token is not valid."), ("zh-CN", "这个令牌无效。")]
)
def test_a_refused_token_is_refused_in_the_readers_language(language: str, words: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    refused = client.get("/api/v1/me/", HTTP_ACCEPT_LANGUAGE=language)
    assert refused.json() == {
        "type": "about:blank", "title": "Unauthorized", "status": 401, "detail": words,
    }  # fmt: skip


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YW5uOmxlYWY=", "bearer", "Token x"])
def test_a_header_that_names_no_token(header: str, ann: User) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    assert client.get("/api/v1/me/").status_code == 401


def test_the_use_of_a_token_is_noted_once_an_hour(api: Api, ann: User) -> None:
    client = api(ann)
    client.get("/api/v1/me/")
    first = Token.objects.get().last_used_at
    client.get("/api/v1/me/")
    assert Token.objects.get().last_used_at == first
    two_hours_ago = timezone.now() - timedelta(hours=2)
    Token.objects.update(last_used_at=two_hours_ago)
    client.get("/api/v1/me/")
    assert Token.objects.get().last_used_at > two_hours_ago


def test_the_scopes_of_a_token_are_kept_once_and_in_order(ann: User) -> None:
    token, secret = issue_token(ann, ["write", "read", "write"], "phone")
    assert (token.scopes, token.name, secret in vars(token).values()) == (
        ["read", "write"], "phone", False,
    )  # fmt: skip
