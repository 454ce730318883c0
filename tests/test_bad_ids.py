"""Numbers and names that no row has, or could have: a 404 on every door, and never an error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient

from accounts.models import User

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

# None of them, and one more than a column holds.
NUMBERS = ["0", str(2**63)]
NAMES = ["nobody_here", "%00", "%ff", "%2F", "a" * 300, "😀"]
ROUTES = ("accounts.", "notes.", "moderation.", "feeds.")


def routes(patterns: list[URLPattern | URLResolver], path: str = "/") -> list[tuple[str, bool]]:
    """(address with its parameters, whether it is of the API) of each view of ours."""
    found = []
    for each in patterns:
        whole = path + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLResolver):
            found += routes(each.url_patterns, whole)
        elif each.callback.__module__.startswith(ROUTES):
            found.append((whole, whole.startswith("/api/")))
    return found


def addresses(kind: str, values: list[str], *, api: bool) -> list[str]:
    """Every address that has one parameter of this kind, with each of the values."""
    shapes = {"int": "<int:pk>", "str": "<str:username>"}
    named = [route for route, is_api in routes(get_resolver().url_patterns) if is_api is api]
    with_one = [route for route in named if shapes[kind] in route and route.count("<") == 1]
    return [route.replace(shapes[kind], value) for route in with_one for value in values]


def codes_of(client: Client, methods: tuple[str, ...], paths: list[str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for path in paths:
        for method in methods:
            code = getattr(client, method)(path).status_code
            found.setdefault(code, set()).add(f"{method} {path}")
    return found


def test_there_is_a_walk_to_take() -> None:
    assert len(addresses("int", ["0"], api=True)) > 15
    assert len(addresses("int", ["0"], api=False)) > 15
    assert len(addresses("str", ["x"], api=True)) > 8


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_breaks_the_api(api: Api, ann: User, number: str) -> None:
    paths = addresses("int", [number], api=True)
    found = codes_of(api(ann), ("get", "patch", "put", "delete"), paths)
    # What one forgets twice is forgotten.
    assert found.pop(204) == {f"delete /api/v1/me/searches/{number}/"}
    assert set(found) <= {400, 404, 405}, found
    assert len(found[404]) > 20


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_breaks_a_page(browser_of: BrowserOf, ann: User, number: str) -> None:
    found = codes_of(browser_of(ann), ("get", "post"), addresses("int", [number], api=False))
    assert set(found) <= {404, 405}, found
    assert len(found[404]) > 25


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_api(api: Api, ann: User, name: str) -> None:
    found = codes_of(api(ann), ("get", "put", "delete"), addresses("str", [name], api=True))
    assert set(found) <= {404, 405}, found
    assert len(found[404]) > 8


@pytest.mark.parametrize(
    "path",
    [
        "/@nobody_here/",
        "/@ANN/",
        "/@a/",
        f"/@{'a' * 25}/",
        "/@ann%00/",
        "/topics/%00/",
        "/topics/nothing/",
        f"/topics/{'a' * 300}/",
        "/glossary/%00/",
        "/glossary/nothing/",
        f"/glossary/{'茶' * 300}/",
        "/report/planet/1/",
        "/report/note/x/",
        "/report/note/-1/",
        "/report/user/%00/",
        "/translation/planet/1/",
        "/translation/note/١/",
        "/translation/user/%ff/",
        "/media/images/ab/../../secret",
        "/media/images/zz/zz/360.webp",
        "/media/avatars/../incoming/x",
        "/exports/nonsense/",
        "/exports/1:2:3/",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(
    browser_of: BrowserOf, ann: User, path: str
) -> None:
    answer = browser_of(ann).get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/@ann/followers/", "before"),
        ("/@ann/following/", "before"),
        ("/@ann/", "before"),
        ("/notifications/", "before"),
    ],
)
@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "٣", "1.5", "\0", "😀", "1' or '1'='1"])
def test_a_place_in_a_list_that_is_none_is_its_beginning(
    browser_of: BrowserOf, ann: User, path: str, query: str, value: str
) -> None:
    assert browser_of(ann).get(path, {query: value}).status_code == 200
