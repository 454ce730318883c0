"""The desk: the queue of cases, and one screen on which a case is decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from accounts.authentication import person
from moderation.actions import decide_by_hand
from moderation.models import AlreadyDecidedError, Case, State, Verdict
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook, localised

OUTCOMES = (
    ("", "—"),
    (Outcome.PUBLISH, _("Publish")),
    (Outcome.WARN, _("Publish with a content warning")),
    (Outcome.LIMIT, _("Limit")),
    (Outcome.HOLD, _("Hold for a second person")),
    (Outcome.REMOVE, _("Remove")),
)
COLOURS = {
    State.PENDING: "info",
    State.PUBLISHED: "success",
    State.LIMITED: "warning",
    State.HELD: "warning",
    State.REMOVED: "danger",
}


def rule_choices() -> list[tuple[str, str]]:
    language = get_language() or "en"
    rules = load_rulebook().rules
    return [("", "—"), *((rule.id, localised(rule.title, language)) for rule in rules)]


def waiting_badge(request: HttpRequest) -> int:
    """How many cases wait for a person, for the side bar."""
    return Case.objects.waiting_for_a_person().count()


class DecisionForm(forms.ModelForm):
    """What a moderator decides. `version` says which state of the case they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=OUTCOMES, widget=UnfoldAdminSelectWidget
    )
    rule = forms.ChoiceField(
        label=_("Rule"), choices=rule_choices, required=False, widget=UnfoldAdminSelectWidget
    )
    reason = forms.CharField(
        label=_("Reason, which the author will read"),
        required=False,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )

    class Meta:
        model = Case
        fields = ("version",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") not in (None, Outcome.PUBLISH) and not cleaned.get("rule"):
            self.add_error("rule", _("A restriction names its rule."))
        return cleaned


class VerdictInline(TabularInline):
    """The history of a case, which nobody edits."""

    model = Verdict
    fields = ("created_at", "outcome", "rule", "by", "reason", "policy_version")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class QueueFilter(admin.SimpleListFilter):
    """What waits for a person, or the cases in one state."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting for a person")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "waiting":
            waiting = Case.objects.waiting_for_a_person()
            return queryset.filter(pk__in=waiting.values("pk"))
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    """Cases: read, compare, decide."""

    form = DecisionForm
    inlines = (VerdictInline,)
    list_display = (
        "pictures",
        "words",
        "kind",
        "author",
        "language",
        "state_label",
        "rule_title",
        "opened_at",
    )
    list_display_links = ("pictures", "words")
    list_filter = (QueueFilter, "kind", "language", "rule")
    list_select_related = ("author",)
    list_filter_submit = False
    search_fields = ("text", "author__username")
    ordering = ("-id",)
    actions = ("publish", "limit", "remove")
    readonly_fields = (
        "standing", "whole_text", "large_pictures", "author", "kind", "language",
        "warning", "tension", "opened_at", "decided_at", "where",
    )  # fmt: skip
    fieldsets = (
        (_("What it says"), {"fields": ("standing", "whole_text", "large_pictures", "where")}),
        (_("Decide"), {"fields": ("version", "outcome", "rule", "reason")}),
        (
            _("Circumstances"),
            {
                "fields": (
                    ("author", "kind", "language"),
                    ("warning", "tension"),
                    ("opened_at", "decided_at"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).for_the_desk()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    @display(description=_("images"))
    def pictures(self, case: Case) -> SafeString:
        return _pictures(case.images[:1], 56)

    @display(description=_("images"))
    def large_pictures(self, case: Case) -> SafeString:
        return _pictures(case.images, 220)

    @display(description=_("text"))
    def words(self, case: Case) -> str:
        return case.text[:90] or "—"

    @display(description=_("text"))
    def whole_text(self, case: Case) -> SafeString:
        return format_html(
            '<p lang="{}" class="whitespace-pre-line max-w-3xl">{}</p>', case.language, case.text
        )

    @display(description=_("state"), label=COLOURS)
    def state_label(self, case: Case) -> tuple[str, str]:
        return case.state, case.get_state_display()

    @display(description=_("state"))
    def standing(self, case: Case) -> str:
        rule = dict(rule_choices()).get(case.rule)
        return f"{case.get_state_display()} · {rule}" if rule else case.get_state_display()

    @display(description=_("rule"), ordering="rule")
    def rule_title(self, case: Case) -> str:
        return dict(rule_choices()).get(case.rule, "—")

    @display(description=_("page"))
    def where(self, case: Case) -> SafeString | str:
        return format_html('<a href="{0}">{0}</a>', case.url) if case.url else "—"

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        said = form.cleaned_data
        self.decide(request, obj, Outcome(said["outcome"]), said["rule"], said["reason"])

    def log_change(self, request: HttpRequest, obj: Case, message: Any) -> Any:
        """The verdict is the record of a decision; one is enough."""

    def construct_change_message(self, request: HttpRequest, *args: Any) -> list[Any]:
        return []

    def response_change(self, request: HttpRequest, obj: Case) -> HttpResponse:
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.PUBLISH)

    @admin.action(description=_("Limit, by the rule named"), permissions=["change"])
    def limit(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.LIMIT)

    @admin.action(description=_("Remove, by the rule named"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.REMOVE)

    def decide_all(self, request: HttpRequest, cases: QuerySet[Case], outcome: Outcome) -> None:
        for case in cases & Case.objects.waiting_for_a_person():
            if outcome is Outcome.PUBLISH or case.rule:
                self.decide(request, case, outcome, case.rule)
            else:
                message = _("Case %(case)s names no rule: open it to choose one.")
                self.message_user(request, message % {"case": case.pk}, messages.WARNING)

    def decide(
        self, request: HttpRequest, case: Case, outcome: Outcome, rule: str, reason: str = ""
    ) -> None:
        try:
            decide_by_hand(case, person(request), outcome, rule, reason)
        except AlreadyDecidedError:
            message = _("Case %(case)s was decided by somebody else meanwhile; nothing changed.")
            self.message_user(request, message % {"case": case.pk}, messages.ERROR)
        else:
            message = _("Case %(case)s: %(state)s.")
            words = {"case": case.pk, "state": case.get_state_display()}
            self.message_user(request, message % words, messages.SUCCESS)


def _pictures(names: list[str], width: int) -> SafeString:
    return format_html_join(
        " ",
        '<img src="/{}/{}" width="{}" alt="" loading="lazy" class="inline-block rounded">',
        ((settings.MEDIA_URL.strip("/"), name, width) for name in names),
    ) or SafeString("—")
