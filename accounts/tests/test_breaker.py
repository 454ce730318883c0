"""A service that fails is left alone for a while, and asked again after it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils.translation import override

from accounts import breaker
from accounts.validators import MinimumLengthValidator

pytestmark = pytest.mark.django_db
ENGINE, OTHER = "engine", "other"


@pytest.fixture(autouse=True)
def _closed() -> None:
    for service in (ENGINE, OTHER):
        breaker.close(service)


def test_two_failures_are_bad_luck_and_three_are_enough() -> None:
    found = []
    for _ in range(4):
        breaker.fail(ENGINE)
        found.append(breaker.is_open(ENGINE))
    assert found == [False, False, True, True]


def test_one_good_answer_makes_good_for_all_failures() -> None:
    for _ in range(2):
        breaker.fail(ENGINE)
    breaker.close(ENGINE)
    for _ in range(2):
        breaker.fail(ENGINE)
    assert not breaker.is_open(ENGINE)


def test_who_asks_for_patience_gets_it_at_once() -> None:
    breaker.rest(ENGINE, 30)
    assert breaker.is_open(ENGINE)
    breaker.close(ENGINE)
    assert not breaker.is_open(ENGINE)


def test_a_rest_ends_by_itself() -> None:
    breaker.rest(ENGINE, 0)
    assert not breaker.is_open(ENGINE)


def test_the_failures_of_one_are_not_those_of_another() -> None:
    breaker.rest(ENGINE, 30)
    assert (breaker.is_open(ENGINE), breaker.is_open(OTHER)) == (True, False)


def test_all_workers_know_of_it() -> None:
    """It is in the table of the cache, not in a process."""
    breaker.rest(ENGINE, 30)
    assert cache.get("engine:failures") == breaker.FAILURES


@pytest.mark.parametrize(
    ("language", "short", "help_text"),
    [
        (
            "en",
            "This password is too short. Use at least 8 characters.",
            "Use at least 8 characters.",
        ),
        ("zh-hans", "密码太短，至少需要 8 个字符。", "至少 8 个字符。"),
    ],
)
def test_a_short_password_is_refused_in_the_readers_language(
    language: str, short: str, help_text: str
) -> None:
    rule = MinimumLengthValidator(8)
    with override(language):
        assert (rule.get_error_message(), rule.get_help_text()) == (short, help_text)
