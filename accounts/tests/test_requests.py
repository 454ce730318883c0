"""Whole pages and parts for htmx, and who gets in."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.requests import PersonRequest, _path, is_partial, signed_in
from tests.properties import TRY


@signed_in
def secret(request: PersonRequest, pk: int = 0) -> HttpResponse:
    """Something for people who are known."""
    return HttpResponse(f"{request.user.username} {pk}")


def request(user: Any = None, path: str = "/secret/?page=2", **headers: str) -> HttpRequest:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    made = RequestFactory().get(path, headers=named)
    made.user = user or AnonymousUser()
    return made


def test_who_is_known_gets_in_with_what_they_asked_for() -> None:
    assert secret(request(User(username="ann", pk=1)), pk=7).content == b"ann 7"


def test_a_visitor_logs_in_and_comes_back_to_the_very_page() -> None:
    answer = secret(request())
    url = urlsplit(answer["Location"])
    assert (answer.status_code, url.path) == (302, "/accounts/login/")
    assert parse_qs(url.query) == {"next": ["/secret/?page=2"]}


@pytest.mark.parametrize(
    ("here", "back"),
    [
        ("https://redleaf.example/notes/7/?x=1#c", "/notes/7/"),
        ("https://redleaf.example/@mei/", "/@mei/"),
        ("https://redleaf.example", "/"),
        ("", "/"),
        ("http://[", "/"),
        ("https://evil.example//evil.example/", "//evil.example/"),
    ],
)
def test_htmx_is_led_away_by_a_header(here: str, back: str) -> None:
    """The log-in itself asks whether it may go back there."""
    answer = secret(request(HX_Request="true", HX_Current_URL=here))
    assert (answer.status_code, answer.content) == (200, b"")
    assert parse_qs(urlsplit(answer["HX-Redirect"]).query) == {"next": [back]}


def test_htmx_of_somebody_known_gets_the_answer_itself() -> None:
    answer = secret(request(User(username="ann", pk=1), HX_Request="true"))
    assert (answer.content, answer.has_header("HX-Redirect")) == (b"ann 0", False)


@pytest.mark.parametrize(
    ("header", "partial"), [("true", True), ("True", False), ("1", False), ("", False)]
)
def test_only_htmx_itself_gets_a_part(header: str, partial: bool) -> None:
    assert is_partial(request(HX_Request=header)) is partial
    assert not is_partial(request())


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{0,8}/.{0,20}"))
@TRY
def test_whatever_a_browser_claims_to_be_at_is_a_path(url: str) -> None:
    assert _path(url) != ""


@pytest.mark.django_db
@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_the_log_in_leads_to_no_other_place(evil: str, ann: User, client: Any) -> None:
    form = {"login": "ann", "password": "maple-leaf-in-autumn", "next": evil}
    answer = client.post("/accounts/login/", form)
    assert answer.status_code == 302
    assert not urlsplit(answer["Location"]).netloc
    assert "evil" not in answer["Location"]
