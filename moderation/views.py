"""Pages of moderation: the rule book, decisions about oneself, public figures."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import attempt
from accounts.requests import PersonRequest, signed_in
from moderation import actions, figures
from moderation.forms import AppealForm
from moderation.models import Verdict
from moderation.plots import Share, plot_of_shares
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook, localised

AT_ONCE = 50


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, with what is fine and what is not, in the reader's language."""
    language = get_language() or "en"
    texts = ("title", "principle", "why", "fine", "not_fine", "outcomes", "appeal")
    book = [
        {"id": rule.id, **{name: localised(asdict(rule)[name], language) for name in texts}}
        for rule in load_rulebook().rules
    ]
    return render(request, "moderation/rules.html", {"rules": book})


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """What was judged and restricted, in each language."""
    told = figures.told_figures()
    title = _("Restricted by machine, in percent of all that was judged, with 95-percent intervals")
    plot = _plot(title, told["languages"])
    context = {"figures": told, "plot": plot, "plot_title": title}
    return render(request, "moderation/transparency.html", context)


def _plot(title: str, languages: dict[str, dict[str, Any]]) -> SafeString | None:
    """The shares of each rule in both languages, beside each other."""
    shares: dict[str, list[Share]] = {}
    for language, told in languages.items():
        for row in told["shares"]:
            share = (language, row["share"], row["low"], row["high"])
            shares.setdefault(row["rule"], []).append(share)
    reader = get_language() or "en"
    book = load_rulebook().rules
    groups = [(localised(r.title, reader), shares[r.id]) for r in book if r.id in shares]
    return plot_of_shares(title, groups) if groups else None


@require_safe
def transparency_table(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="redleaf-transparency.csv"'
    rows = csv.writer(answer)
    rows.writerow(figures.TABLE)
    rows.writerows(figures.table(figures.told_figures()))
    return answer


@require_safe
@signed_in
def decisions(request: PersonRequest) -> HttpResponse:
    """What was decided about one's own, latest first, with appeals and their clocks."""
    about = Verdict.objects.about(request.user).select_related("case__sanction", "appeal")
    restricting = request.user.earlier_verdicts.exclude(outcome=Outcome.PUBLISH)
    context = {
        "decisions": about.order_by("-pk")[:AT_ONCE],
        "earlier": restricting.order_by("-created_at")[:AT_ONCE],
    }
    return render(request, "moderation/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for another person to look again."""
    about = Verdict.objects.about(request.user).exclude(outcome=Outcome.PUBLISH)
    verdict = get_object_or_404(about.select_related("case"), pk=pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        ask = partial(actions.appeal, verdict, request.user, form.cleaned_data["text"])
        try:
            asked = attempt(form, ask)
        except IntegrityError:  # asked before: the page shows it
            return redirect("decisions")
        if asked:
            return redirect("decisions")
    return render(request, "moderation/appeal.html", {"form": form, "verdict": verdict})


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Appeal by the link of a letter, for somebody who can no longer log in."""
    pk = actions.verdict_of_letter(token) or 0
    found = Verdict.objects.select_related("case__author", "appeal").filter(pk=pk).first()
    if found is None or found.case.author is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if not hasattr(found, "appeal") and form.is_valid():
        ask = partial(actions.appeal, found, found.case.author, form.cleaned_data["text"])
        with suppress(IntegrityError):  # asked before: the page shows it
            attempt(form, ask)
        if not form.errors:
            return redirect("appeal-by-letter", token)
    context = {"form": form, "verdict": found, "asked": getattr(found, "appeal", None)}
    return render(request, "moderation/appeal.html", context)
