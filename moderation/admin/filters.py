"""How the list of cases is narrowed down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.authentication import person
from moderation.models import CLAIMED_FOR, Case, CaseQuerySet, State
from moderation.rulebook import load_rulebook, localised
from moderation.templatetags.moderation import KINDS

WAITING = "waiting"
NEW_FOR = timedelta(days=7)


class QueueFilter(admin.SimpleListFilter):
    """What waits for a person, or the cases in one state."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(WAITING, _("Waiting for a person")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == WAITING:
            waiting = Case.objects.waiting_for_a_person()
            return queryset.filter(pk__in=waiting.values("pk"))
        return queryset.filter(state=self.value()) if self.value() else queryset


class AskedFilter(admin.SimpleListFilter):
    """Reported or appealed, and not answered yet."""

    title = _("asked for")
    parameter_name = "asked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("reports", _("Reported")), ("appeals", _("Appealed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> CaseQuerySet:
        asked: CaseQuerySet = queryset
        if self.value() == "reports":
            return asked.reported()
        return asked.appealed() if self.value() == "appeals" else asked


class AgeFilter(admin.SimpleListFilter):
    """How long a case has been there."""

    title = _("age")
    parameter_name = "age"
    AGES = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        names = (_("More than an hour"), _("More than a day"), _("More than a week"))
        return list(zip(self.AGES, names, strict=True))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        age = self.AGES.get(self.value() or "")
        return queryset.filter(opened_at__lt=timezone.now() - age) if age else queryset


class ClaimFilter(admin.SimpleListFilter):
    """Who is at it."""

    title = _("claimed")
    parameter_name = "claimed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("By me")), ("others", _("By others")), ("nobody", _("By nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        fresh = Q(claimed_at__gt=timezone.now() - CLAIMED_FOR, claimed_by__isnull=False)
        mine = Q(claimed_by=person(request))
        chosen = {"me": fresh & mine, "others": fresh & ~mine, "nobody": ~fresh}
        return queryset.filter(chosen[value]) if (value := self.value()) in chosen else queryset


class NewcomerFilter(admin.SimpleListFilter):
    """Of people who came lately."""

    title = _("author")
    parameter_name = "author_age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("new", _("Joined within a week"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        new = Q(author__date_joined__gt=timezone.now() - NEW_FOR)
        return queryset.filter(new) if self.value() == "new" else queryset


class RuleFilter(admin.SimpleListFilter):
    """The rule that it was decided by."""

    title = _("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        language = get_language() or "en"
        return [(rule.id, localised(rule.title, language)) for rule in load_rulebook().rules]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return queryset.filter(rule=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """What it is about."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return queryset.filter(kind=self.value()) if self.value() else queryset
