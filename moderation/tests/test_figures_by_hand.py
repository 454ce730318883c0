"""The public figures, each against one counted by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from accounts.models import User
from moderation import figures
from moderation.figures import PARITY_BOUND, may_remove_by_machine, parity, public_figures, wilson
from moderation.models import BY_HAND, Case, Verdict
from moderation.policy import Outcome

DAY = timedelta(days=1)
Counts = tuple[int, int]  # restricted, judged


def counted(restricted: int, judged: int) -> dict[str, Any]:
    return {"restricted": restricted, "judged": judged}


class TestParity:
    """The gap between two languages, with its interval, against the bound."""

    @pytest.mark.parametrize(
        ("english", "chinese", "gap", "low", "high"),
        [
            # .1 against .1: 1.96 * sqrt(2 * .1 * .9 / 100)
            ((10, 100), (10, 100), 0.0, -0.0832, 0.0832),
            # .5 against .3: 1.96 * sqrt((.25 + .21) / 100)
            ((50, 100), (30, 100), 0.2, 0.0671, 0.3329),
            # .02 against .04 of ten thousand: 1.96 * sqrt((.0196 + .0384) / 10000)
            ((200, 10_000), (400, 10_000), -0.02, -0.0247, -0.0153),
            ((0, 50), (0, 50), 0.0, 0.0, 0.0),
            ((50, 50), (0, 50), 1.0, 1.0, 1.0),
        ],
    )
    def test_by_hand(
        self,
        english: tuple[int, int],
        chinese: tuple[int, int],
        gap: float,
        low: float,
        high: float,
    ) -> None:
        found = parity(counted(*english), counted(*chinese))
        assert (found["gap"], found["low"], found["high"]) == (gap, low, high)
        assert found["bound"] == PARITY_BOUND

    @pytest.mark.parametrize(
        ("english", "chinese", "even"),
        [
            ((10, 100), (10, 100), True),
            ((4, 10), (0, 10), False),
            ((3, 10), (0, 10), True),  # too few to tell
            ((40, 1_000), (20, 1_000), True),  # 2 points: at the bound
            ((400, 10_000), (100, 10_000), False),
            ((100, 10_000), (400, 10_000), False),
        ],
    )
    def test_only_a_gap_that_is_sure_is_uneven(
        self, english: Counts, chinese: Counts, even: bool
    ) -> None:
        assert parity(counted(*english), counted(*chinese))["even"] is even

    def test_the_other_way_round_is_the_same_with_another_sign(self) -> None:
        one, other = counted(30, 200), counted(50, 300)
        there, back = parity(one, other), parity(other, one)
        assert there["gap"] == -back["gap"]
        assert (there["low"], there["high"]) == (-back["high"], -back["low"])

    @pytest.mark.parametrize("pair", [((0, 0), (5, 9)), ((5, 9), (0, 0)), ((0, 0), (0, 0))])
    def test_where_nothing_was_judged_there_is_no_gap(self, pair: tuple[Counts, Counts]) -> None:
        found = parity(counted(*pair[0]), counted(*pair[1]))
        assert (found["gap"], found["even"]) == (None, True)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (1, 100, 0.0018, 0.0545),
        (50, 1_000, 0.0381, 0.0653),
    ],
)
def test_intervals_of_shares_are_those_of_the_table(
    part: int, whole: int, low: float, high: float
) -> None:
    assert list(wilson(part, whole)) == pytest.approx([low, high], abs=1e-4)


def test_a_table_has_a_row_for_each_language_rule_and_outcome() -> None:
    row = {"rule": "hate", "outcome": "limit", "by_machine": 3, "by_person": 1}
    told = {
        "days": 90,
        "languages": {
            "en": {"judged": 40, "by_rule": [row, row | {"outcome": "hold"}]},
            "zh": {"judged": 0, "by_rule": []},
        },
    }
    assert figures.table(told) == [
        (90, "en", 40, "hate", "limit", 3, 1),
        (90, "en", 40, "hate", "hold", 3, 1),
    ]
    assert len(figures.TABLE) == len(figures.table(told)[0])


def verdict(
    author: User,
    language: str = "en",
    outcome: Outcome = Outcome.PUBLISH,
    *,
    rule: str = "hate",
    by_hand: bool = False,
    case: Case | None = None,
    at: datetime | None = None,
) -> Verdict:
    """A row of history as a decision leaves it, now or at another time."""
    case = case or Case.objects.create(kind="note", author=author, text="x", language=language)
    with mock.patch.object(timezone, "now", return_value=at or timezone.now()):
        return Verdict.objects.create(
            case=case,
            outcome=outcome,
            rule="" if outcome is Outcome.PUBLISH else rule,
            policy_version=BY_HAND if by_hand else "rules-1",
        )


def overturn(made: Verdict) -> None:
    assert made.case.author is not None
    verdict(made.case.author, case=made.case, by_hand=True)


@pytest.mark.django_db
class TestCounting:
    """From rows of history to the figures of a language."""

    def test_machine_and_people_are_counted_apart(self, ann: User) -> None:
        for outcome in (Outcome.PUBLISH, Outcome.PUBLISH, Outcome.LIMIT, Outcome.REMOVE):
            verdict(ann, outcome=outcome)
        verdict(ann, outcome=Outcome.REMOVE, by_hand=True)
        told = public_figures()["languages"]["en"]
        assert (told["judged"], told["restricted"]) == (4, 2)
        assert told["by_rule"] == [
            {"rule": "hate", "outcome": "limit", "by_person": 0, "by_machine": 1},
            {"rule": "hate", "outcome": "remove", "by_person": 1, "by_machine": 1},
        ]

    def test_shares_are_of_all_that_was_judged(self, ann: User) -> None:
        for _ in range(3):
            verdict(ann)
        verdict(ann, outcome=Outcome.WARN, rule="sexual")
        (share,) = public_figures()["languages"]["en"]["shares"]
        assert (share["rule"], share["share"]) == ("sexual", 0.25)
        assert (share["low"], share["high"]) == wilson(1, 4)

    def test_languages_are_those_of_the_texts(self, ann: User, mei: User) -> None:
        verdict(ann, "zh", Outcome.LIMIT)
        verdict(mei, "en")
        verdict(mei, "fr", Outcome.LIMIT)
        told = public_figures()["languages"]
        assert set(told) == {"en", "zh"}
        assert [told[code]["restricted"] for code in ("en", "zh")] == [0, 1]

    def test_only_what_a_person_published_afterwards_was_overturned(self, ann: User) -> None:
        freed, harder, by_machine = (verdict(ann, outcome=Outcome.LIMIT) for _ in range(3))
        overturn(freed)
        verdict(ann, outcome=Outcome.REMOVE, case=harder.case, by_hand=True)
        verdict(ann, case=by_machine.case)
        assert public_figures()["languages"]["en"]["overturned"] == 1

    def test_what_was_published_before_overturns_nothing(self, ann: User) -> None:
        first = verdict(ann, by_hand=True)
        verdict(ann, outcome=Outcome.LIMIT, case=first.case)
        assert public_figures()["languages"]["en"]["overturned"] == 0

    def test_older_than_ninety_days_is_history_and_no_figure(self, ann: User) -> None:
        verdict(ann, outcome=Outcome.LIMIT, at=timezone.now() - 91 * DAY)
        verdict(ann, outcome=Outcome.LIMIT, at=timezone.now() - 89 * DAY)
        told = public_figures()
        assert told["days"] == 90
        assert told["languages"]["en"]["judged"] == 1

    @pytest.mark.parametrize(
        ("hours", "median"),
        [([], None), ([3], 3.0), ([1, 5], 3.0), ([1, 2, 600], 2.0), ([9, 1, 2, 3], 2.5)],
    )
    def test_the_time_to_a_person_is_the_median(
        self, ann: User, hours: list[int], median: float | None
    ) -> None:
        """One case that waited for weeks hides nothing, and is not hidden by many quick ones."""
        for waited in hours:
            made = verdict(ann, outcome=Outcome.LIMIT, by_hand=True)
            opened = made.created_at - timedelta(hours=waited)
            Case.objects.filter(pk=made.case_id).update(opened_at=opened)
        verdict(ann)  # the machine's own time is another matter
        assert public_figures()["languages"]["en"]["hours_to_a_person"] == median


@pytest.mark.django_db
class TestTheBudget:
    """Five in a hundred of the machine's removals may be mistakes, in each language."""

    @pytest.mark.parametrize(
        ("removed", "overturned", "may"),
        [
            (0, 0, True),
            (19, 19, True),  # too few to tell
            (20, 0, True),
            (20, 1, True),  # five in a hundred exactly
            (20, 2, False),
            (40, 2, True),
            (40, 3, False),
        ],
    )
    def test_by_hand(self, ann: User, removed: int, overturned: int, may: bool) -> None:
        made = [verdict(ann, outcome=Outcome.REMOVE) for _ in range(removed)]
        for one in made[:overturned]:
            overturn(one)
        assert may_remove_by_machine("en") is may
        assert may_remove_by_machine("zh") is True

    def test_a_month_later_it_is_full_again(self, ann: User) -> None:
        for _ in range(20):
            overturn(verdict(ann, outcome=Outcome.REMOVE, at=timezone.now() - 31 * DAY))
        assert may_remove_by_machine("en") is True

    def test_what_people_removed_or_the_machine_only_held_does_not_count(self, ann: User) -> None:
        for _ in range(20):
            overturn(verdict(ann, outcome=Outcome.HOLD))
            overturn(verdict(ann, outcome=Outcome.REMOVE, by_hand=True))
        assert may_remove_by_machine("en") is True

    def test_the_page_says_so(self, ann: User) -> None:
        for _ in range(20):
            overturn(verdict(ann, "zh", Outcome.REMOVE))
        told = public_figures()["languages"]
        assert [told[code]["machine_removes"] for code in ("en", "zh")] == [True, False]
