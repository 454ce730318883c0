"""The list of cases: what waits, most urgent first, and decisions on many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.authentication import person
from moderation.actions import claim, decide_by_hand
from moderation.admin import filters, screen
from moderation.admin.forms import rule_choices
from moderation.models import AlreadyDecidedError, Case, ClaimedError, State
from moderation.pictures import picture_urls
from moderation.policy import Outcome
from moderation.queue import is_late, queue_figures
from moderation.templatetags.moderation import kind_name

COLOURS = {
    State.PENDING: "info",
    State.PUBLISHED: "success",
    State.LIMITED: "warning",
    State.HELD: "warning",
    State.REMOVED: "danger",
}
# What only the screen of a case shows.
UNREAD = {"text", "images", "fingerprints"}


def waiting_badge(request: HttpRequest) -> int:
    """How many cases wait for a person, for the side bar."""
    return Case.objects.for_the_desk().waiting_for_a_person().count()


class BulkForm(ActionForm):
    """What is done with the chosen cases, and by which rule."""

    rule = forms.ChoiceField(
        label="",
        choices=lambda: [("", _("the rule each names")), *rule_choices()[1:]],
        required=False,
        widget=UnfoldAdminSelectWidget({"aria-label": _("Rule")}),
    )


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    """Cases: find, compare, decide."""

    action_form = BulkForm
    list_display = (
        "pictures", "words", "kind_label", "author", "language", "state_label", "rule_title",
        "asked", "age", "claimed",
    )  # fmt: skip
    list_display_links = ("words",)
    list_filter = (
        filters.QueueFilter, filters.AskedFilter, filters.ClaimFilter, filters.AgeFilter,
        filters.NewcomerFilter, filters.KindFilter, "language", filters.RuleFilter,
    )  # fmt: skip
    list_select_related = ("author", "about", "claimed_by")
    list_filter_submit = False
    list_before_template = "moderation/desk/queue.html"
    search_fields = ("text", "author__username")
    actions = ("publish", "limit", "hold", "remove", "claim_all")

    class Media:
        css = {"all": ("css/desk.css",)}
        js = ("js/desk.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.for_the_desk().most_urgent().order_by()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        if request.GET.get("queue") == filters.WAITING:
            return ("-urgency", "opened_at")
        return ("-id",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Case], search_term: str
    ) -> tuple[QuerySet[Case], bool]:
        """Whoever searches must not learn what is in texts that they have not opened."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, may_repeat
        named = queryset.filter(author__username=search_term.strip().lstrip("@").lower())
        public = Case.objects.public().values("pk")
        return found.filter(pk__in=public) | named, may_repeat

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No narrowing down by what is in a case: who asks often enough has read it."""
        if lookup.split("__")[0] in UNREAD:
            return False
        return bool(super().lookup_allowed(lookup, value, request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {**(extra_context or {}), "figures": queue_figures()}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        case = self.get_object(request, object_id)
        if case is None:
            answer: HttpResponse = self._get_obj_does_not_exist_redirect(
                request, self.opts, object_id
            )
            return answer
        if not self.has_view_permission(request, case):
            raise PermissionDenied
        return screen.answer(request, case, self.admin_site.each_context(request))

    @display(description=_("images"))
    def pictures(self, case: Case) -> SafeString | str:
        if not (case.images and case.is_public):
            return "—"
        (address,) = picture_urls(case.images[:1])
        return format_html(
            '<img src="{}" width="56" alt="" loading="lazy" class="desk-thumb">', address
        )

    @display(description=_("text"))
    def words(self, case: Case) -> str:
        if not case.is_public:
            return str(_("Not public: open it to read. That is noted."))
        return case.text[:90] or "—"

    @display(description=_("kind"), ordering="kind")
    def kind_label(self, case: Case) -> str:
        return kind_name(case.kind)

    @display(description=_("state"), label=COLOURS)
    def state_label(self, case: Case) -> tuple[str, str]:
        return case.state, case.get_state_display()

    @display(description=_("rule"), ordering="rule")
    def rule_title(self, case: Case) -> str:
        return dict(rule_choices()).get(case.rule, "—")

    @display(description=_("asked for"))
    def asked(self, case: Case) -> str:
        reports, due = case.report_count, case.appeal_due
        said = [ngettext("%(n)s report", "%(n)s reports", reports) % {"n": reports}] * bool(reports)
        return " · ".join([*said, *([str(_("appeal"))] if due else [])]) or "—"

    @display(description=_("age"), ordering="opened_at")
    def age(self, case: Case) -> SafeString | str:
        words = timesince(case.opened_at, depth=1)
        late = is_late(case, timezone.now())
        return format_html('<strong class="desk-late">{}</strong>', words) if late else words

    @display(description=_("claimed by"))
    def claimed(self, case: Case) -> str:
        return str(case.claimant or "—")

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.PUBLISH)

    @admin.action(description=_("Limit"), permissions=["change"])
    def limit(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.LIMIT)

    @admin.action(description=_("Hold for a second person"), permissions=["change"])
    def hold(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.HOLD)

    @admin.action(description=_("Remove"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self.decide_all(request, queryset, Outcome.REMOVE)

    @admin.action(description=_("Claim"), permissions=["change"])
    def claim_all(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        for case in queryset:
            try:
                claim(case, person(request))
            except (ClaimedError, AlreadyDecidedError) as error:
                messages.error(request, screen.too_late(error, case))

    def decide_all(self, request: HttpRequest, cases: QuerySet[Case], outcome: Outcome) -> None:
        """Decide on what waits among these; each is decided, or said why it was not."""
        chosen, done = request.POST.get("rule", ""), 0
        waiting = Case.objects.waiting_for_a_person().values("pk")
        for case in cases.filter(pk__in=waiting):
            rule = chosen or case.rule
            if outcome is not Outcome.PUBLISH and not rule:
                message = _("Case %(case)s names no rule: choose one.") % {"case": case.pk}
                messages.warning(request, message)
                continue
            done += self.decide_one(request, case, outcome, rule)
        if done:
            words = ngettext("%(n)s case decided.", "%(n)s cases decided.", done) % {"n": done}
            messages.success(request, words)

    def decide_one(self, request: HttpRequest, case: Case, outcome: Outcome, rule: str) -> bool:
        """Whether it was decided; why not stands in a message, and the others go on."""
        about: dict[str, object] = {"case": case.pk}
        try:
            decide_by_hand(case, person(request), outcome, rule)
        except (ClaimedError, AlreadyDecidedError) as error:
            messages.error(request, screen.too_late(error, case))
        except PermissionDenied:
            messages.error(request, _("Case %(case)s: another person has to do this.") % about)
        except ValidationError as error:
            about["why"] = " ".join(error.messages)
            messages.error(request, _("Case %(case)s: %(why)s") % about)
        else:
            return True
        return False
