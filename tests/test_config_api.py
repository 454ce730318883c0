"""What the API reads and refuses before any view of ours: bodies, page sizes, cursors."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext_lazy, override
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.test import APIClient

from accounts.actions import issue_token
from accounts.models import Token, User
from config.api import DEEPEST, OrjsonRenderer, StrictJSONParser, page_size_of

Api = Callable[..., APIClient]
NOT_JSON = ("The body is not valid JSON in UTF-8.", "请求正文不是有效的 UTF-8 JSON。")
NO_OBJECT = (
    "The body must be a JSON object of at most 20 levels.",
    "请求正文应为 JSON 对象，且不超过 20 层。",
)


def parsed(body: bytes) -> Any:
    return StrictJSONParser().parse(io.BytesIO(body))


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"{}", {}),
        (b' {"title": "Tea"}\n', {"title": "Tea"}),
        ('{"title": "红叶🍁"}'.encode(), {"title": "红叶🍁"}),
        (rb'{"title": "\u7ea2\ud83c\udf41"}', {"title": "红🍁"}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": [1, 2.5, true, null, {"b": []}]}', {"a": [1, 2.5, True, None, {"b": []}]}),
    ],
)
def test_an_object_is_read_as_it_was_written(body: bytes, data: Any) -> None:
    assert parsed(body) == data


@pytest.mark.parametrize("position", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", NOT_JSON),
        (b"title=Tea", NOT_JSON),
        (b"{'title': 'Tea'}", NOT_JSON),
        (b'{"title": "Tea"', NOT_JSON),
        (b'{"title": "Tea"} {}', NOT_JSON),
        (b'{"title": "Tea",}', NOT_JSON),
        (b'{"n": NaN}', NOT_JSON),
        (b'{"n": Infinity}', NOT_JSON),
        (b'{"title": "\xff\xfe"}', NOT_JSON),
        (b'{"title": "\xed\xa0\x80"}', NOT_JSON),
        (rb'{"title": "\ud800"}', NOT_JSON),
        ('{"title": "茶"}'.encode("gb18030"), NOT_JSON),
        ('{"title": "Tea"}'.encode("utf-16"), NOT_JSON),
        (b"\xef\xbb\xbf{}", NOT_JSON),
        (b'{"title": "a\nb"}', NOT_JSON),
        (b"[" * 100_000, NOT_JSON),
        (b"null", NO_OBJECT),
        (b"[]", NO_OBJECT),
        (b'"Tea"', NO_OBJECT),
        (b"7", NO_OBJECT),
        (b'[{"title": "Tea"}]', NO_OBJECT),
    ],
)
def test_what_is_no_object_in_utf8_is_refused_in_words(
    body: bytes, words: tuple[str, str], position: int
) -> None:
    with override(("en", "zh-hans")[position]), pytest.raises(ParseError) as refused:
        parsed(body)
    assert str(refused.value.detail) == words[position]


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_twenty_levels_are_read_and_one_more_is_not(opening: bytes, closing: bytes) -> None:
    def nested(levels: int) -> bytes:
        inner = levels - 1
        return b'{"a":' + opening * inner + b"1" * (opening != b"[") + closing * inner + b"}"

    assert list(parsed(nested(DEEPEST))) == ["a"]
    with pytest.raises(ParseError):
        parsed(nested(DEEPEST + 1))


def test_a_body_is_read_up_to_the_limit_and_not_a_byte_further(settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    body = b'{"a": "' + b"x" * 91 + b'"}'
    assert len(body) == 100
    assert parsed(body) == {"a": "x" * 91}
    with pytest.raises(RequestDataTooBig):
        parsed(body + b" ")


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (None, b""),
        ({}, b"{}"),
        ({"title": "红叶"}, '{"title":"红叶"}'.encode()),
        ({1: "one"}, b'{"1":"one"}'),
        ({"words": gettext_lazy("Saved.")}, b'{"words":"Saved."}'),
        ({"scopes": {"read"}}, b'{"scopes":["read"]}'),
    ],
)
def test_an_answer_is_compact_utf8(data: Any, body: bytes) -> None:
    with override("en"):
        assert OrjsonRenderer().render(data) == body


@pytest.mark.parametrize(("limit", "size"), [("1", 1), ("20", 20), ("50", 50), ("007", 7)])
def test_a_page_holds_as_many_as_asked_for(limit: str, size: int) -> None:
    assert page_size_of({"limit": limit}) == size


def test_a_page_holds_twenty_unless_asked() -> None:
    assert page_size_of({"cursor": "x"}) == 20


@pytest.mark.parametrize(
    "limit", ["", "0", "51", "-1", "+5", "1.0", "1e1", " 5", "5 ", "٥", "五", "²", "9" * 4000]
)
def test_any_other_page_size_is_refused_in_both_languages(limit: str) -> None:
    said = []
    for language in ("en", "zh-hans"):
        with override(language), pytest.raises(ValidationError) as refused:
            page_size_of({"limit": limit})
        said.append(refused.value.detail)
    assert said == [
        {"limit": "Use a number from 1 to 50."},
        {"limit": "请使用 1 到 50 之间的数字。"},
    ]


def coded(position: str) -> str:
    return b64encode(position.encode()).decode()


def names(page: Any) -> list[str]:
    return [token["name"] for token in page.json()["results"]]


@pytest.fixture
def reader(api: Api, ann: User) -> APIClient:
    """Ann's client; her tokens are the list to page through."""
    client = api(ann)
    for n in range(4):
        issue_token(ann, ["read"], f"phone {n}")
    return client


@pytest.mark.django_db
def test_pages_lead_forth_and_back_and_hold_each_row_once(reader: APIClient) -> None:
    first = reader.get("/api/v1/auth/tokens/?limit=2")
    second = reader.get(first.json()["next"])
    third = reader.get(second.json()["next"])
    everything = names(reader.get("/api/v1/auth/tokens/"))
    assert len(everything) == 5
    assert names(first) + names(second) + names(third) == everything
    assert names(reader.get(second.json()["previous"])) == names(first)
    assert (first.json()["previous"], third.json()["next"]) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x", "红叶", "%00", "!!!!", "cD0", "cD0xMA", coded("p=x"), coded("p=-1"), coded("p=1.5"),
        coded("p=2026-01-01"), coded("p=1&o=-1"), coded("p=1&o=1001"), coded("p=1&o=x"),
        coded("p=1&z=1"), coded("p=1' OR 1=1"), coded("p=٣x"), coded("p=1")[:-1],
        b64encode(b"p=\xff").decode(), "A" * 5001,
    ],
)  # fmt: skip
def test_a_cursor_that_was_changed_is_a_400_that_names_it(reader: APIClient, cursor: str) -> None:
    refused = reader.get("/api/v1/auth/tokens/", {"cursor": cursor})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert refused.json()["errors"] == [
        {"field": "cursor", "code": "invalid", "detail": "This cursor is not valid."}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "position", ["", "p=0", "p=1", "p=1&r=1", "r=1", "o=1000", f"p={'9' * 300}"]
)
def test_a_cursor_that_somebody_made_up_is_refused(reader: APIClient, position: str) -> None:
    refused = reader.get("/api/v1/auth/tokens/", {"cursor": coded(position)})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "cursor")


@pytest.mark.django_db
def test_a_cursor_with_one_letter_changed_is_refused(reader: APIClient) -> None:
    address = reader.get("/api/v1/auth/tokens/?limit=1").json()["next"]
    cursor = parse_qs(urlsplit(address).query)["cursor"][0]
    assert reader.get("/api/v1/auth/tokens/", {"cursor": cursor}).status_code == 200
    for at in (0, len(cursor) // 2):
        other = "A" if cursor[at] != "A" else "B"
        changed = cursor[:at] + other + cursor[at + 1 :]
        assert reader.get("/api/v1/auth/tokens/", {"cursor": changed}).status_code == 400


@pytest.mark.django_db
def test_a_cursor_shows_nobody_the_rows_of_another(reader: APIClient, api: Api, mei: User) -> None:
    following = reader.get("/api/v1/auth/tokens/?limit=1").json()["next"]
    stranger = api(mei)
    theirs = Token.objects.filter(user=mei).values_list("id", flat=True)
    seen = {token["id"] for token in stranger.get(following).json()["results"]}
    assert seen <= set(theirs)
