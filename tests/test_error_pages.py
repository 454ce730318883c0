"""What went wrong is told in one voice: a page for people, a problem for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language, override

from accounts.models import User
from config import views

BrowserOf = Callable[[User], Client]
PAGE, API = "/somewhere/", "/api/v1/somewhere/"
SAID = {
    400: ("The request could not be understood.", "无法理解这个请求。"),
    403: ("You may not do this.", "你没有权限这样做。"),
    404: ("There is nothing here.", "这里什么也没有。"),
    500: (
        "Something went wrong on our side. Please try again.",
        "我们这边出了点问题，请再试一次。",
    ),
    503: ("We will be back in a moment. Please try again.", "我们马上回来，请稍后再试。"),
}


def request(path: str) -> HttpRequest:
    made = RequestFactory().get(path)
    made.user, made.LANGUAGE_CODE = AnonymousUser(), get_language()
    return made


def failed(path: str, error: Exception) -> HttpResponse:
    """The answer to a request on which a view broke."""
    try:
        raise error
    except Exception:
        return views.server_error(request(path))


HANDLERS: dict[int, Callable[[str], HttpResponse]] = {
    400: lambda path: views.bad_request(request(path), Exception()),
    403: lambda path: views.permission_denied(request(path), Exception()),
    404: lambda path: views.not_found(request(path), Exception()),
    500: lambda path: failed(path, ZeroDivisionError("secret")),
    503: lambda path: failed(path, OperationalError("secret")),
}


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize("status", list(HANDLERS))
def test_a_program_reads_a_problem_in_its_language(status: int, language: int) -> None:
    with override(("en", "zh-hans")[language]):
        answer = HANDLERS[status](API)
    body: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (body["status"], body["type"]) == (status, "about:blank")
    assert body["detail"] == SAID[status][language]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("status", list(HANDLERS))
def test_a_person_reads_a_page_without_any_detail(status: int, language: str) -> None:
    with override(language):
        answer = HANDLERS[status](PAGE)
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert "secret" not in page
    assert "Traceback" not in page
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize(
    ("read", "cookie", "language"),
    [("en", "", "en"), ("zh-CN,zh;q=0.9", "", "zh-hans"), ("en", "zh-hant", "zh-hant")],
)
def test_an_unknown_host_is_refused_in_the_language_of_the_reader(
    client: Client, read: str, cookie: str, language: str
) -> None:
    client.cookies["language"] = cookie
    headers = {"Host": "elsewhere.example", "Accept-Language": read}
    page = client.get(PAGE, headers=headers)
    assert (page.status_code, page["Content-Language"]) == (400, language)
    assert f'<html lang="{language}"' in page.content.decode()
    problem = client.get(API, headers=headers).json()
    said = {"en": SAID[400][0], "zh-hans": SAID[400][1], "zh-hant": "無法理解這個請求。"}
    assert problem["detail"] == said[language]


@pytest.mark.parametrize("path", [PAGE, API])
def test_what_passes_says_when_to_come_back_and_what_is_broken_does_not(path: str) -> None:
    assert int(HANDLERS[503](path)["Retry-After"]) > 0
    assert not HANDLERS[500](path).has_header("Retry-After")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This form is too old. Reload the page and try again."),
        ("zh-hans", "页面停留太久了，请刷新后再试。"),
    ],
)
def test_a_form_that_is_too_old_says_so(language: str, words: str) -> None:
    with override(language):
        answer = views.csrf_failure(request(API))
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (403, words)
    with override(language):
        assert views.csrf_failure(request(PAGE)).status_code == 403


def test_who_sends_forms_too_often_is_told_how_long_to_wait() -> None:
    answer = views.too_many_requests(request(PAGE))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/publish/", "/settings/words/", "/language/"])
def test_no_form_of_another_page_is_taken(ann: User, path: str) -> None:
    """All but the language, which needs no account and does no harm."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    answer = browser.post(path, {"word": "x", "title": "x", "language": "en"})
    assert answer.status_code == (302 if path == "/language/" else 403)
    assert not ann.muted_words.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/notes/1/like/"),
        ("get", "/@ann/follow/"),
        ("put", "/publish/"),
        ("delete", "/notes/1/"),
        ("post", "/notes/1/history/"),
        ("post", "/drafts/"),
        ("post", "/glossary/"),
        ("post", "/oembed/"),
        ("get", "/language/"),
        ("patch", "/settings/profile/"),
        ("get", "/publish/autosave/"),
        ("get", "/boards/order/"),
        ("get", "/settings/sessions/"),
    ],
)
def test_a_page_is_asked_in_the_ways_it_answers(
    browser_of: BrowserOf, ann: User, method: str, path: str
) -> None:
    answer = getattr(browser_of(ann), method)(path)
    assert answer.status_code == 405
    assert answer["Allow"]
