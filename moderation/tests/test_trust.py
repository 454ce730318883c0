"""Trust grows with time and good notes; until then a text may hold less."""

from __future__ import annotations

from typing import Any

import pytest

from moderation.policy import Outcome, Submission, judge
from moderation.trust import LIMITS, UNLIMITED, limits, trust

OLD: dict[str, Any] = {"author_age_days": 400.0, "author_published_count": 90}
NEW: dict[str, Any] = {"author_age_days": 0.0, "author_published_count": 0}
TEXT = {"en": "A walk by the lake", "zh": "湖边散步"}


@pytest.mark.parametrize(
    ("age", "published", "restricted", "expected"),
    [
        (0, 0, 0, 0.0),
        (3, 0, 0, 0.5),
        (0, 3, 0, 0.5),
        (3, 3, 0, 0.75),
        (6, 0, 0, 0.75),
        (9, 0, 0, 0.875),
        (3, 3, 1, 0.375),
        (3, 3, 2, 0.25),
        (10_000, 0, 0, 1.0),
        (10_000, 0, 3, 0.25),
    ],
)
def test_trust_by_hand(age: float, published: int, restricted: int, expected: float) -> None:
    assert trust(age, published, restricted) == pytest.approx(expected)


def test_trust_only_grows_with_time_and_only_falls_with_restrictions() -> None:
    by_age = [trust(age / 4, 2) for age in range(100)]
    by_notes = [trust(2, count) for count in range(100)]
    by_restrictions = [trust(2, 5, count) for count in range(20)]
    assert by_age == sorted(by_age)
    assert by_notes == sorted(by_notes)
    assert by_restrictions == sorted(by_restrictions, reverse=True)
    assert all(0 <= value <= 1 for value in by_age + by_notes + by_restrictions)


@pytest.mark.parametrize(
    ("trusted", "links", "mentions"),
    [(0.0, 2, 5), (0.2499, 2, 5), (0.25, 5, 10), (0.7499, 5, 10), (0.75, 1_000, 1_000)],
)
def test_limits_lift_in_two_steps(trusted: float, links: int, mentions: int) -> None:
    found = limits(trusted)
    assert (found.links, found.mentions) == (links, mentions)


def test_nobody_is_unlimited_who_was_restricted_as_often_as_trusted() -> None:
    assert limits(trust(10_000, 10_000)) == UNLIMITED
    assert limits(trust(10_000, 10_000, restricted=1)) == LIMITS[1][1]
    assert limits(trust(10_000, 10_000, restricted=4)) == LIMITS[0][1]


def with_links(text: str, count: int) -> str:
    return text + "".join(f" https://shop{n}.example.org/tea" for n in range(count))


def with_mentions(text: str, count: int) -> str:
    return text + "".join(f" @friend_{n}" for n in range(count))


@pytest.mark.parametrize("language", TEXT)
class TestOneText:
    """What a note may hold before its reach is limited, in either language."""

    @pytest.mark.parametrize(
        ("author", "count", "limited"),
        [(NEW, 2, False), (NEW, 3, True), (OLD, 3, False), (OLD, 20, False)],
    )
    def test_links(self, language: str, author: dict[str, Any], count: int, limited: bool) -> None:
        ruling = judge(Submission("note", with_links(TEXT[language], count), **author))
        assert (ruling.outcome is Outcome.LIMIT) is limited
        assert ruling.rule == ("spam_scam" if limited else "")

    @pytest.mark.parametrize(
        ("author", "count", "limited"),
        [(NEW, 5, False), (NEW, 6, True), (OLD, 6, False), (OLD, 30, False)],
    )
    def test_mentions(
        self, language: str, author: dict[str, Any], count: int, limited: bool
    ) -> None:
        ruling = judge(Submission("note", with_mentions(TEXT[language], count), **author))
        assert (ruling.outcome is Outcome.LIMIT) is limited

    def test_a_few_days_and_a_few_notes_lift_the_first_limit(self, language: str) -> None:
        text = with_links(TEXT[language], 3)
        young = Submission("note", text, author_age_days=1.0, author_published_count=0)
        grown = Submission("note", text, author_age_days=2.0, author_published_count=1)
        assert judge(young).outcome is Outcome.LIMIT
        assert judge(grown).outcome is Outcome.PUBLISH

    def test_a_standing_restriction_brings_it_back(self, language: str) -> None:
        text = with_links(TEXT[language], 6)
        for restricted, outcome in ((0, Outcome.PUBLISH), (1, Outcome.LIMIT)):
            submission = Submission("note", text, author_restricted_count=restricted, **OLD)
            assert judge(submission).outcome is outcome


def test_a_newcomer_who_names_a_way_out_is_doubted_less_every_day() -> None:
    text = "Write to me on whatsapp +86 138 0000 1111"
    doubts = []
    for age in (0.0, 0.5, 1.0, 30.0):
        found = judge(Submission("note", text, author_age_days=age)).evidence
        doubts.append(max((e.score for e in found if e.source == "newcomer"), default=0.0))
    assert doubts[0] == pytest.approx(0.4)
    assert doubts[1] == pytest.approx(0.4 * 0.5 ** (0.5 / 3), abs=0.001)
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[-1] == 0.0
