"""Public numbers: what was judged and restricted in each language, by whom, and how evenly."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from typing import Any

from django.core.cache import caches
from django.db.models import Aggregate, Count, DurationField, Exists, F, OuterRef, Q
from django.utils import timezone

from moderation import outside
from moderation.models import BY_HAND, Appeal, Report, Sanction, Verdict, VerdictQuerySet
from moderation.policy import Outcome

PERIOD, MONTH = timedelta(days=90), timedelta(days=30)
TOLD, ONE_MINUTE = "figures", 60
LANGUAGES = ("en", "zh")
# Of the machine's removals in a language, how many may be overturned before it only holds there.
BUDGET, LEAST_REMOVED = 0.05, 20
# The largest gap between the languages in the share of what is restricted.
PARITY_BOUND = 0.02
Z = 1.96  # of a 95 % interval
RESTRICTS = Q(outcome__in=[Outcome.WARN, Outcome.LIMIT, Outcome.HOLD, Outcome.REMOVE])


def overturned() -> Exists:
    """Whether a person published what this verdict restricted."""
    later = Verdict.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Exists(later.filter(policy_version=BY_HAND, outcome=Outcome.PUBLISH))


def may_remove_by_machine(language: str) -> bool:
    """Whether the budget of overturned removals in a language is not used up.

    From live rows: too many mistakes turn removal into holding, and time or right decisions
    turn it back.
    """
    removed = _by_machine(MONTH).filter(outcome=Outcome.REMOVE, case__language=language)
    count = removed.count()
    if count < LEAST_REMOVED:
        return True
    return removed.filter(overturned()).count() / count <= BUDGET


def told_figures() -> dict[str, Any]:
    """The public figures, counted once a minute and process, however often they are asked for."""
    known: dict[str, Any] | None = caches["drawn"].get(TOLD)
    if known is None:
        known = public_figures()
        caches["drawn"].set(TOLD, known, ONE_MINUTE)
    return known


def public_figures() -> dict[str, Any]:
    """Everything the transparency page and the API tell, as it stands now."""
    languages = {language: _figures_of(language) for language in LANGUAGES}
    return {
        "days": PERIOD.days,
        "languages": languages,
        "parity": parity(*(languages[language] for language in LANGUAGES)),
        "reports": _states(Report.objects.filter(created_at__gt=timezone.now() - PERIOD)),
        "sanctions": _counts(Sanction.objects.in_force(), "kind"),
        # Programs elsewhere that are asked about what everybody may read.
        "classifiers": outside.names(),
        "appeals": _states(Appeal.objects.filter(created_at__gt=timezone.now() - PERIOD)),
    }


def parity(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The gap between two languages in what is restricted, with its 95 % interval (Wald)."""
    shares = [_share(each["restricted"], each["judged"]) for each in (one, other)]
    if not (one["judged"] and other["judged"]):
        return {"gap": None, "low": None, "high": None, "bound": PARITY_BOUND, "even": True}
    gap = shares[0] - shares[1]
    spread = Z * sqrt(
        sum(
            share * (1 - share) / each["judged"]
            for share, each in zip(shares, (one, other), strict=True)
        )
    )
    low, high = gap - spread, gap + spread
    even = low <= PARITY_BOUND and high >= -PARITY_BOUND
    return {
        "gap": round(gap, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "bound": PARITY_BOUND,
        "even": even,
    }


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): honest for few cases and for none."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, Z * Z / whole
    middle = (share + square / 2) / (1 + square)
    spread = Z * sqrt(share * (1 - share) / whole + square / (4 * whole)) / (1 + square)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def _shares(restricted: VerdictQuerySet, judged: int) -> list[dict[str, Any]]:
    """By rule: how many of all judged texts the machine restricted, with the 95 % interval."""
    counts = restricted.order_by("rule").values_list("rule").annotate(n=Count("pk"))
    return [
        {"rule": rule, "share": _share(n, judged), "low": low, "high": high}
        for rule, n in counts
        for low, high in [wilson(n, judged)]
    ]


def _figures_of(language: str) -> dict[str, Any]:
    verdicts = Verdict.objects.filter(
        created_at__gt=timezone.now() - PERIOD, case__language=language
    )
    machine = verdicts.exclude(policy_version=BY_HAND)
    restricted = machine.filter(RESTRICTS)
    judged = machine.count()
    return {
        "judged": judged,
        "restricted": restricted.count(),
        "shares": _shares(restricted, judged),
        "overturned": restricted.filter(overturned()).count(),
        "by_rule": _by_rule(verdicts),
        "hours_to_a_person": _hours_to_a_person(verdicts),
        "machine_removes": may_remove_by_machine(language),
    }


def _by_rule(verdicts: VerdictQuerySet) -> list[dict[str, Any]]:
    """Rows of rule, outcome, by whom, and how often."""
    rows = (
        verdicts.filter(RESTRICTS)
        .order_by("rule", "outcome")
        .values("rule", "outcome")
        .annotate(
            by_person=Count("pk", filter=Q(policy_version=BY_HAND)),
            by_machine=Count("pk", filter=~Q(policy_version=BY_HAND)),
        )
    )
    return [dict(row) for row in rows]


class _Median(Aggregate):
    """The middle of what is ordered; one that waited for months does not move it."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def _hours_to_a_person(verdicts: VerdictQuerySet) -> float | None:
    """Half of what people decided they decided within so many hours."""
    waited = verdicts.filter(policy_version=BY_HAND).aggregate(
        median=_Median(F("created_at") - F("case__opened_at"))
    )["median"]
    return round(waited / timedelta(hours=1), 2) if waited is not None else None


def _by_machine(period: timedelta) -> VerdictQuerySet:
    recent = Verdict.objects.filter(created_at__gt=timezone.now() - period)
    return recent.exclude(policy_version=BY_HAND)


def _states(rows: Any) -> dict[str, int]:
    return _counts(rows, "state")


def _counts(rows: Any, by: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


TABLE = ("days", "language", "judged", "rule", "outcome", "by_machine", "by_person")


def table(figures: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The public figures as rows under TABLE, one for each language, rule and outcome."""
    return [
        (figures["days"], language, told["judged"], *(row[name] for name in TABLE[3:]))
        for language, told in figures["languages"].items()
        for row in told["by_rule"]
    ]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
