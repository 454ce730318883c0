"""The desk: the queue of cases, one screen on which a case is decided, and what goes with it."""

from django.http import HttpRequest

from accounts.authentication import person
from moderation.admin.cases import CaseAdmin, waiting_badge
from moderation.admin.lists import KnownImageAdmin, WordAdmin
from moderation.admin.records import LookAdmin
from moderation.admin.sanctions import SanctionAdmin


def may_see_sanctions(request: HttpRequest) -> bool:
    """Whether the side bar leads there."""
    return person(request).has_perm("moderation.view_sanction")


def may_see_words(request: HttpRequest) -> bool:
    """Whether the side bar leads to the lists."""
    return person(request).has_perm("moderation.view_word")


def may_see_looks(request: HttpRequest) -> bool:
    """Whether the side bar leads there."""
    return person(request).has_perm("moderation.view_look")


__all__ = [
    "CaseAdmin",
    "KnownImageAdmin",
    "LookAdmin",
    "SanctionAdmin",
    "WordAdmin",
    "may_see_looks",
    "may_see_sanctions",
    "may_see_words",
    "waiting_badge",
]
