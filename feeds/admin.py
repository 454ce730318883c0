"""The desk of the feeds: weights with their history, pools, harmony over time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from accounts.authentication import person
from accounts.models import Language
from feeds import reasons
from feeds.actions import weigh
from feeds.effects import effect
from feeds.models import Figure, Prompt, Replay, Signal, Weights
from feeds.plots import plot
from feeds.scoring import TERMS

SHOWN_DAYS = 90
PLOTS = {
    "divisive": gettext_lazy("Divisive share of what was shown"),
    "constructive": gettext_lazy("Constructive notes on contested topics, against supply"),
    "lowest_approval": gettext_lazy("Approval by the side that approves less"),
    "newcomers": gettext_lazy("Share of authors in their first 30 days"),
}


class WeightsForm(forms.ModelForm):
    """One number for each term."""

    class Meta:
        model = Weights
        fields = ("reason",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "_preview" in self.data and not self.errors:
            changed = effect({term: cleaned[term] for term in TERMS})
            raise ValidationError(
                _("Nothing is stored yet. Of %(places)s first places in the homes of %(readers)s "
                  "readers %(changed)s would hold another note."),
                code="preview", params=changed._asdict(),
            )  # fmt: skip
        return cleaned


def _field(term: str) -> forms.FloatField:
    return forms.FloatField(
        label=str(reasons.TERMS[term]), min_value=-64, max_value=64, help_text=term,
        widget=UnfoldAdminDecimalFieldWidget({"step": "any"}),
    )  # fmt: skip


@admin.register(Weights)
class WeightsAdmin(ModelAdmin):
    """A version is made from the one before, and never changed."""

    form = WeightsForm
    list_display = ("id", "created_at", "by", "reason")
    list_select_related = ("by",)
    change_form_after_template = "feeds/admin/preview.html"

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        fields = {} if obj else {term: _field(term) for term in TERMS}
        kwargs["form"] = type("WeightsForm", (WeightsForm,), fields)
        kwargs["fields"] = ("reason",)
        return super().get_form(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("reason", "values", "by", "created_at") if obj else ("reason", *TERMS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("reason", "values", "by", "created_at") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return dict(Weights.current()[1])

    def save_model(self, request: HttpRequest, obj: Weights, form: Any, change: bool) -> None:
        values = {term: form.cleaned_data[term] for term in TERMS}
        obj.pk = weigh(values, person(request), form.cleaned_data["reason"]).pk

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(ModelAdmin):
    """Made by workers; looked at by people."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Signal)
class SignalAdmin(ReadOnly):
    """Pools: how far a note has come, and what its readers said."""

    list_display = ("note", "pool", "seen", "talked", "disliked", "excess", "approval", "division")
    list_filter = ("pool",)
    list_select_related = ("note",)
    exclude = ("vector",)
    ordering = ("-note",)

    @display(description=gettext_lazy("lowest approval"))
    def approval(self, signal: Signal) -> str:
        return "—" if signal.least is None else f"{signal.least:.2f}"

    @display(description=gettext_lazy("divides"))
    def division(self, signal: Signal) -> str:
        return "—" if signal.divides is None else f"{signal.divides:.2f}"


@admin.register(Figure)
class FigureAdmin(ReadOnly):
    """Harmony over time, the same figures for both languages."""

    list_display = (
        "day", "language", "shown", "divisive", "constructive", "lowest_approval", "newcomers"
    )  # fmt: skip
    list_before_template = "feeds/admin/figures.html"
    ordering = ("-day", "language")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        figures = list(Figure.objects.since(timezone.now().date() - timedelta(days=SHOWN_DAYS)))
        plots = [
            plot(str(title), {
                language: [(f.day, getattr(f, name)) for f in figures if f.language == language]
                for language in Language.values
            })
            for name, title in PLOTS.items()
        ]  # fmt: skip
        context = {**(extra_context or {}), "plots": plots}
        response: HttpResponse = super().changelist_view(request, context)
        return response


@admin.register(Replay)
class ReplayAdmin(ReadOnly):
    """How well each order foresees likes, for readers of all languages and of each."""

    list_display = ("day", "spoken", "ranking", "readers", "liked_above", "between")
    list_before_template = "feeds/admin/replays.html"
    ordering = ("-day", "language", "pk")

    @display(description=gettext_lazy("language"))
    def spoken(self, row: Replay) -> str:
        return row.language or _("all")

    @display(description=gettext_lazy("liked above passed over"))
    def liked_above(self, row: Replay) -> str:
        return f"{row.share:.3f}"

    @display(description=gettext_lazy("with 95 % between"))
    def between(self, row: Replay) -> str:
        return f"{row.low:.3f} – {row.high:.3f}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        rows = list(Replay.objects.since(timezone.now().date() - timedelta(days=SHOWN_DAYS)))
        title, everybody = _("Liked above passed over"), _("all")
        plots = [
            plot(f"{title} · {language or everybody}", {
                str(ranking.label): [
                    (row.day, row.share) for row in rows
                    if (row.language, row.ranking) == (language, ranking)
                ]
                for ranking in Replay.Ranking
            })
            for language in ("", *Language.values)
        ]  # fmt: skip
        context = {**(extra_context or {}), "plots": plots}
        response: HttpResponse = super().changelist_view(request, context)
        return response


@admin.register(Prompt)
class PromptAdmin(ModelAdmin):
    """Questions of the week, asked from their day on."""

    list_display = ("starts_on", "question_en", "question_zh", "topic_en", "topic_zh")
    ordering = ("-starts_on",)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(getattr(request.user, "is_moderator", False))

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission
