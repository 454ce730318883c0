"""The desk: the queue of cases, one screen on which a case is decided, and what goes with it."""

from moderation.admin.cases import CaseAdmin, waiting_badge
from moderation.admin.records import LookAdmin

__all__ = ["CaseAdmin", "LookAdmin", "waiting_badge"]
