"""The desk: the queue of cases, one screen on which a case is decided, and what goes with it."""

from django.http import HttpRequest

from accounts.authentication import person
from moderation.admin.cases import CaseAdmin, waiting_badge
from moderation.admin.records import LookAdmin
from moderation.admin.sanctions import SanctionAdmin


def may_see_sanctions(request: HttpRequest) -> bool:
    """Whether the side bar leads there."""
    return person(request).has_perm("moderation.view_sanction")


def may_see_looks(request: HttpRequest) -> bool:
    """Whether the side bar leads there."""
    return person(request).has_perm("moderation.view_look")


__all__ = [
    "CaseAdmin",
    "LookAdmin",
    "SanctionAdmin",
    "may_see_looks",
    "may_see_sanctions",
    "waiting_badge",
]
