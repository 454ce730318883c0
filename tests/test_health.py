"""Health, readiness, the headers of every page, and errors for people and programs."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from feeds import store
from feeds.tasks import deliver

pytestmark = pytest.mark.django_db


def test_the_process_is_alive(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_means_database_redis_and_a_worker(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["worker"])
    deliver()
    assert client.get("/readyz").json() == {"status": "ok", "failing": []}


def test_readiness_names_redis_when_it_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_away_until", float("inf"))
    assert client.get("/readyz").json()["failing"] == ["redis", "worker"]


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/rules/", "/nothing-here/"])
def test_pages_carry_the_headers_that_protect_them(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_unknown_address_is_a_page_for_people_and_a_problem_for_programs(
    client: Client,
) -> None:
    page, problem = client.get("/nothing/"), client.get("/api/v1/nothing/")
    assert (page.status_code, problem.status_code) == (404, 404)
    assert page["Content-Type"].startswith("text/html")
    assert problem.json()["detail"] == "There is nothing here."


def test_an_address_under_another_name_is_refused_with_a_page(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is nothing here."), ("zh-CN,zh;q=0.9", "这里什么也没有")]
)
def test_problems_speak_the_readers_language(client: Client, language: str, words: str) -> None:
    answer = client.get("/api/v1/nothing/", headers={"Accept-Language": language})
    assert words in answer.json()["detail"]


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_an_error_of_ours_shows_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("config.views.connection", None)
    answer = client.get("/readyz")
    assert answer.status_code == 500
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize("path", ["/", "/api/v1/feeds/explore/"])
def test_a_lost_connection_to_the_database_is_a_503_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def lost(*_: object) -> None:
        raise OperationalError("the connection is closed")

    client.raise_request_exception = False
    monkeypatch.setattr("feeds.pages.recommendable_rows", lost)
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    monkeypatch.undo()
    assert client.get(path).status_code == 200
