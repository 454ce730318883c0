"""Cases and their history, reports, appeals."""

from moderation.models.appeals import Appeal, AppealState
from moderation.models.cases import (
    BY_HAND,
    MOST_ATTEMPTS,
    STATE_OF,
    VISIBLE_STATES,
    AlreadyDecidedError,
    Case,
    CaseQuerySet,
    Moderated,
    Readers,
    State,
    Verdict,
    VerdictQuerySet,
)
from moderation.models.reports import OTHER, Report, ReportState

__all__ = [
    "BY_HAND",
    "MOST_ATTEMPTS",
    "OTHER",
    "STATE_OF",
    "VISIBLE_STATES",
    "AlreadyDecidedError",
    "Appeal",
    "AppealState",
    "Case",
    "CaseQuerySet",
    "Moderated",
    "Readers",
    "Report",
    "ReportState",
    "State",
    "Verdict",
    "VerdictQuerySet",
]
