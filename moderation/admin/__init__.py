"""The desk: the queue of cases, one screen on which a case is decided, and what goes with it."""

from moderation.admin.cases import CaseAdmin, waiting_badge
from moderation.admin.lists import KnownImageAdmin, WordAdmin
from moderation.admin.records import LookAdmin
from moderation.admin.sanctions import SanctionAdmin

__all__ = [
    "CaseAdmin",
    "KnownImageAdmin",
    "LookAdmin",
    "SanctionAdmin",
    "WordAdmin",
    "waiting_badge",
]
