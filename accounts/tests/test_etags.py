"""Conditional requests: which version a caller read, and whether it is still the last one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.response import Response

from accounts.etags import StaleError, asked_version, is_known, with_etag
from tests.properties import TRY

VERSION = 7
# As a header may arrive, whoever wrote it.
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)


def request(**headers: str) -> Any:
    return RequestFactory().get("/", headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize("wanted", ['"7"', ' "7" ', '"3", "7"', '"7","8"', 'W/"7", "7"'])
def test_who_read_the_last_version_may_change_it(wanted: str) -> None:
    assert asked_version(request(If_Match=wanted), VERSION) == VERSION


@pytest.mark.parametrize("wanted", ["", " ", "*", " * "])
def test_who_asks_for_no_version_gets_no_condition(wanted: str) -> None:
    assert asked_version(request(If_Match=wanted), VERSION) is None


def test_without_the_header_there_is_no_condition() -> None:
    assert asked_version(request(), VERSION) is None


@pytest.mark.parametrize(
    "wanted",
    ['"6"', '"77"', '"07"', '"7 "', '""', "7", '"7', "'7'", "**", '"*"', "seven", '"-7"', "“7”",
     'W/"7"', '"a", W/"7", "b"', 'W/"7", W/"6"'],
)  # fmt: skip
def test_any_other_version_is_stale(wanted: str) -> None:
    sent = request()
    sent.META["HTTP_IF_MATCH"] = wanted
    with pytest.raises(StaleError):
        asked_version(sent, VERSION)


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        ('"7"', True),
        ('W/"7"', True),
        ("*", True),
        ('"6", "7"', True),
        ("", False),
        ('"6"', False),
        ("7", False),
        ('"77"', False),
    ],
)
def test_a_copy_is_as_good_as_the_row_or_it_is_not(known: str, answer: bool) -> None:
    assert is_known(request(If_None_Match=known), VERSION) is answer


def test_without_a_copy_everything_is_news() -> None:
    assert not is_known(request(), VERSION)


@given(HEADERS)
@TRY
def test_whatever_stands_there_is_answered(header: str) -> None:
    try:
        assert asked_version(request(If_Match=header), VERSION) in (None, VERSION)
    except StaleError:
        assert f'"{VERSION}"' not in header.replace(f'W/"{VERSION}"', "")


@given(st.integers(0, 2**63 - 1))
@TRY
def test_what_we_say_is_what_we_understand(version: int) -> None:
    tag = with_etag(Response(), version)["ETag"]
    assert asked_version(request(If_Match=tag), version) == version
    assert is_known(request(If_None_Match=tag), version)
    with pytest.raises(StaleError):
        asked_version(request(If_Match=tag), version + 1)
