"""What people teach the machine: labelled rows, and the unsure cases that they should look at."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from moderation.figures import LANGUAGES
from moderation.models import BY_HAND, VISIBLE_STATES, Case, Readers, Report, Verdict
from moderation.models.sanctions import ACCOUNT
from moderation.models.states import PUBLIC
from moderation.policy import Outcome

# So close to where the outcome would have been another, the machine is unsure.
UNSURE = (0.4, 0.65)
DRAWN_A_DAY = 10  # in each language
LOOKED_AT = 2_000
KINDS_OF_PEOPLE = ("user", ACCOUNT)


def labelled() -> Iterator[dict[str, Any]]:
    """One row for each case that a person decided last: text, language, the rules it breaks.

    Never a text that was not public, unless somebody who could read it reported it.
    """
    reported = Exists(Report.objects.filter(case=OuterRef("pk")))
    may_be_used = (PUBLIC | Q(reported)) & ~Q(readers=Readers.NOBODY)
    decided = Case.objects.filter(may_be_used, Exists(_by_hand())).exclude(text="")
    decided = decided.exclude(kind__in=KINDS_OF_PEOPLE).order_by("pk")
    for case in decided.prefetch_related("verdicts").iterator(chunk_size=500):
        yield _row(case, list(case.verdicts.all()))


def _by_hand() -> Any:
    return Verdict.objects.filter(case=OuterRef("pk"), policy_version=BY_HAND).exclude(
        outcome=Outcome.HOLD
    )


def _row(case: Case, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    firm = [verdict for verdict in verdicts if verdict.outcome != Outcome.HOLD]
    last = [verdict for verdict in firm if verdict.by_hand][-1]
    machine = [verdict for verdict in verdicts if not verdict.by_hand]
    freed = last.outcome == Outcome.PUBLISH
    restricted = any(verdict.outcome != Outcome.PUBLISH for verdict in machine)
    return {
        "id": f"case-{case.pk}",
        "text": case.text,
        "lang": case.language,
        "labels": [] if freed else [last.rule],
        "source": "moderators",
        "tier": "own",
        "weak": False,
        "overturned": freed and restricted,
    }


def draw_unsure(rng: random.Random | None = None) -> int:
    """Give people some public cases of the last day of which the machine was unsure.

    The same number in each language; return how many.
    """
    rng = rng or random.SystemRandom()
    since = timezone.now() - timedelta(days=1)
    verdicts = Verdict.objects.filter(
        created_at__gt=since, case__state__in=VISIBLE_STATES, case__sampled_at=None
    ).exclude(Q(evidence=[]) | Q(policy_version=BY_HAND))
    public = verdicts.filter(case__in=Case.objects.public().filter(closed_at=None))
    drawn: list[int] = []
    for language in LANGUAGES:
        recent = public.filter(case__language=language).order_by("-pk")[:LOOKED_AT]
        unsure = sorted({verdict.case_id for verdict in recent if _is_unsure(verdict.evidence)})
        drawn += rng.sample(unsure, min(DRAWN_A_DAY, len(unsure)))
    return Case.objects.filter(pk__in=drawn, sampled_at=None).update(sampled_at=timezone.now())


def _is_unsure(evidence: list[dict[str, Any]]) -> bool:
    strongest = max((found["score"] for found in evidence), default=0.0)
    return UNSURE[0] <= strongest <= UNSURE[1]
