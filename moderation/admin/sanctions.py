"""Sanctions at the desk: what is in force, what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.authentication import person
from accounts.models import User
from moderation.actions import lift_sanction, second_ban
from moderation.admin.records import RecordAdmin
from moderation.models import AlreadyDecidedError, ClaimedError, Sanction


class ForceFilter(admin.SimpleListFilter):
    """In force, or proposed."""

    title = _("state")
    parameter_name = "force"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("now", _("in force")), ("proposed", _("waits for a second person"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> QuerySet[Sanction]:
        chosen = {"now": Sanction.objects.in_force(), "proposed": Sanction.objects.proposed()}
        found = chosen.get(self.value() or "")
        return queryset if found is None else queryset.filter(pk__in=found.values("pk"))


@admin.register(Sanction)
class SanctionAdmin(RecordAdmin):
    """Made on the screen of a case; ended, and agreed to, here."""

    list_display = ("person", "kind", "state", "rule", "by", "seconded_by", "created_at", "ends_at")
    list_filter = (ForceFilter, "kind", "rule")
    list_select_related = ("person", "by", "seconded_by", "case")
    search_fields = ("person__username",)
    ordering = ("-id",)
    actions = ("agree", "lift")
    fields = (
        "person", "kind", "rule", "reason", "by", "seconded_by", "created_at", "ends_at", "ended_at"
    )  # fmt: skip
    readonly_fields = fields

    def has_sanction_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm("moderation.add_sanction")

    @display(description=_("state"))
    def state(self, sanction: Sanction) -> str:
        if sanction.ended_at:
            return str(_("ended"))
        return str(_("in force") if sanction.case_id else _("waits for a second person"))

    @admin.action(description=_("Agree to the ban"), permissions=["sanction"])
    def agree(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> None:
        self.each(request, queryset, second_ban)

    @admin.action(description=_("Lift, or withdraw"), permissions=["sanction"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Sanction]) -> None:
        self.each(request, queryset, lift_sanction)

    def each(
        self,
        request: HttpRequest,
        sanctions: QuerySet[Sanction],
        verb: Callable[[Sanction, User], None],
    ) -> None:
        for sanction in sanctions:
            try:
                verb(sanction, person(request))
                messages.success(request, f"{sanction}: {_('done')}")
            except PermissionDenied:
                messages.error(request, f"{sanction}: {_('another person has to do this.')}")
            except (AlreadyDecidedError, ClaimedError):
                messages.error(request, f"{sanction}: {_('somebody was faster; nothing changed.')}")
