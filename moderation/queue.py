"""The queue in numbers: how much waits in each language, for how long, and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from moderation import figures, outside
from moderation.models import Appeal, Case, Report

# Somebody whose words are held, or who reported, shall not wait longer.
DECIDED_WITHIN = timedelta(hours=24)


def is_late(case: Case, now: datetime) -> bool:
    """Whether a person should have looked by now. The case comes from `with_asked`."""
    if case.appeal_due and case.appeal_due < now:
        return True
    waits = case.state == "held" or case.report_count > 0
    return waits and (case.decided_at or case.opened_at) < now - DECIDED_WITHIN


def queue_figures() -> dict[str, Any]:
    """What stands above the list: counts by language, the oldest, and the parity gap."""
    waiting = Case.objects.for_the_desk().waiting_for_a_person()
    late = Q(opened_at__lt=timezone.now() - DECIDED_WITHIN)
    languages = (
        waiting.order_by()
        .values("language")
        .annotate(count=Count("pk"), oldest=Min("opened_at"), late=Count("pk", filter=late))
    )
    return {
        "languages": list(languages.order_by("-count")),
        "reports": Report.objects.open().count(),
        "appeals": Appeal.objects.open().count(),
        "parity": figures.told_figures()["parity"],
        "resting": outside.resting(),
    }
