"""Cases and their history, reports, appeals."""

from moderation.models.appeals import Appeal, AppealState
from moderation.models.cases import Case, CaseQuerySet, Moderated
from moderation.models.earlier import EarlierVerdict
from moderation.models.lists import Fingerprint, KnownImage, Word
from moderation.models.looks import Look
from moderation.models.profiles import PROFILE, ProfileText, ProfileTextQuerySet
from moderation.models.reports import OTHER, Report, ReportState
from moderation.models.sanctions import Sanction, SanctionKind
from moderation.models.states import (
    CLAIMED_FOR,
    MOST_ATTEMPTS,
    STATE_OF,
    VISIBLE_STATES,
    AlreadyDecidedError,
    ClaimedError,
    Readers,
    State,
)
from moderation.models.verdicts import BY_HAND, Verdict, VerdictQuerySet

__all__ = [
    "BY_HAND",
    "CLAIMED_FOR",
    "MOST_ATTEMPTS",
    "OTHER",
    "PROFILE",
    "STATE_OF",
    "VISIBLE_STATES",
    "AlreadyDecidedError",
    "Appeal",
    "AppealState",
    "Case",
    "CaseQuerySet",
    "ClaimedError",
    "EarlierVerdict",
    "Fingerprint",
    "KnownImage",
    "Look",
    "Moderated",
    "ProfileText",
    "ProfileTextQuerySet",
    "Readers",
    "Report",
    "ReportState",
    "Sanction",
    "SanctionKind",
    "State",
    "Verdict",
    "VerdictQuerySet",
    "Word",
]
