"""One case on one screen: what it says, why it is here, what is decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.authentication import person
from accounts.forms import attempt
from accounts.models import User
from moderation import actions
from moderation.admin.context import context_of, preview_of
from moderation.admin.forms import AnswerForm, DecisionForm, SanctionForm
from moderation.models import AlreadyDecidedError, Appeal, Case, ClaimedError
from moderation.policy import Outcome

Show = Callable[..., HttpResponse]
QUEUE = "admin:moderation_case_changelist"
SCREEN = "moderation/desk/case.html"


def answer(request: HttpRequest, case: Case, site: dict[str, Any]) -> HttpResponse:
    """Show a case, or do what one of its buttons says."""
    moderator = person(request)
    show = partial(_show, request, case, site)
    if request.method != "POST":
        return show()
    if not moderator.has_perm("moderation.change_case"):
        raise PermissionDenied
    verbs = {"claim": _claim, "release": _release, "next": _next, "answer": _answer}
    verbs["sanction"] = _sanction
    verb = verbs.get(request.POST.get("do", ""), _decide)
    try:
        return verb(request, case, show)
    except (AlreadyDecidedError, ClaimedError) as error:
        messages.error(request, too_late(error, case))
        return redirect("admin:moderation_case_change", case.pk)


def too_late(error: AlreadyDecidedError | ClaimedError, case: Case) -> str:
    """Say who was faster, or who is at it."""
    now = Case.objects.select_related("claimed_by").get(pk=case.pk)
    if isinstance(error, ClaimedError):
        words = _("%(who)s is at case %(case)s; nothing changed.")
        return words % {"who": now.claimed_by or "?", "case": case.pk}
    last = now.verdicts.select_related("by").last()
    words = _("Case %(case)s was decided by %(who)s %(time)s ago: %(state)s. Nothing changed.")
    who = (last and last.by) or _("the machine")
    time = timesince(now.decided_at) if now.decided_at else "0"
    return words % {"case": case.pk, "who": who, "time": time, "state": now.get_state_display()}


def _show(
    request: HttpRequest,
    case: Case,
    site: dict[str, Any],
    form: DecisionForm | None = None,
    reply: AnswerForm | None = None,
    punishment: SanctionForm | None = None,
) -> HttpResponse:
    actions.look(case, person(request))
    context = site | context_of(case, person(request), get_language() or "en")
    context["form"] = form or DecisionForm(initial={"version": case.version, "rule": case.rule})
    context["answer_form"] = reply or AnswerForm(initial={"rule": case.rule})
    context["sanction_form"] = punishment or SanctionForm(initial={"rule": case.rule})
    context["preview"] = preview_of(case, form)
    return TemplateResponse(request, SCREEN, context)


def _decide(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid() or request.POST.get("do") == "preview":
        return show(form=form)
    said = form.cleaned_data
    waited = Case.objects.waiting_for_a_person().filter(pk=case.pk).exists()
    case.version = said["version"]
    outcome = Outcome(said["outcome"])
    moderator, rule, reason = person(request), said["rule"], said["reason"]
    attempt(form, partial(actions.decide_by_hand, case, moderator, outcome, rule, reason))
    if form.errors:
        return show(form=form)
    words = _("Case %(case)s: %(state)s.")
    messages.success(request, words % {"case": case.pk, "state": case.get_state_display()})
    return _go_on(person(request), case) if waited else redirect(QUEUE)


def _answer(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    asked = Appeal.objects.open().filter(verdict__case=case).select_related("verdict__case").first()
    if asked is None:
        raise AlreadyDecidedError(case.pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        outcome = Outcome(said["outcome"]) if said["outcome"] else None
        moderator = person(request)
        words, rule = said["answer"], said["rule"]
        attempt(form, partial(actions.answer_appeal, asked, moderator, words, outcome, rule))
    if form.errors:
        return show(reply=form)
    messages.success(request, _("The appeal is answered."))
    return _go_on(person(request), case)


def _sanction(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    form = SanctionForm(request.POST)
    if case.author is None or not form.is_valid():
        return show(punishment=form)
    moderator, said = person(request), form.cleaned_data
    made = attempt(form, partial(actions.sanction, case.author, moderator, **said))
    if made is None:
        return show(punishment=form)
    proposed = made.case is None
    done = _("A second person has to agree.") if proposed else _("The sanction is in force.")
    messages.success(request, done)
    return redirect("admin:moderation_case_change", case.pk)


def _claim(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    actions.claim(case, person(request))
    return redirect("admin:moderation_case_change", case.pk)


def _release(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    actions.release(case, person(request))
    return redirect("admin:moderation_case_change", case.pk)


def _next(request: HttpRequest, case: Case, show: Show) -> HttpResponse:
    actions.release(case, person(request))
    return _go_on(person(request), case)


def _go_on(moderator: User, case: Case) -> HttpResponse:
    """To the next case that waits, which is theirs now; to the empty list when there is none."""
    if following := actions.claim_next(moderator, after=case):
        return redirect("admin:moderation_case_change", following.pk)
    return redirect(f"{reverse(QUEUE)}?queue=waiting")
