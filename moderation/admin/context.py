"""What the screen of a case is drawn from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from moderation.admin.forms import OUTCOMES, DecisionForm
from moderation.marking import marked
from moderation.models import VISIBLE_STATES, Appeal, Case, Report, Sanction, Verdict
from moderation.pictures import picture_urls
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook, localised

LATEST = 12
LATEST_REPORTS = 50
RESTRICTIONS = [Outcome.WARN, Outcome.LIMIT, Outcome.HOLD, Outcome.REMOVE]


def context_of(case: Case, moderator: User, language: str) -> dict[str, Any]:
    """Everything about a case that helps to decide on it."""
    history = list(case.verdicts.select_related("by", "appeal"))
    evidence: list[dict[str, Any]] = next((v.evidence for v in reversed(history) if v.evidence), [])
    appeal = Appeal.objects.open().filter(verdict__case=case).select_related("verdict__by").first()
    rules = [(rule.id, localised(rule.title, language)) for rule in load_rulebook().rules]
    return {
        "title": _("Case %(case)s") % {"case": case.pk},
        "case": case,
        "history": history,
        "parts": marked(case.text, [(e["start"], e["end"], e["rule"]) for e in evidence]),
        "signals": [_signal(each, case.text, dict(rules)) for each in evidence],
        "images": picture_urls(case.images),
        "reports": _with_accuracy(case.reports.all())[:LATEST_REPORTS],
        "appeal": appeal,
        "decided_first": appeal is not None and appeal.first_key == moderator.pk,
        "author": _record_of(case),
        "outcomes": OUTCOMES,
        "rules": rules,
        "may_decide": moderator.has_perm("moderation.change_case"),
        "may_sanction": case.author is not None and moderator.has_perm("moderation.add_sanction"),
        "may_take_over": moderator.has_perm("moderation.take_over_case"),
        "claimed_by_me": case.claimant == moderator,
    }


def _signal(found: dict[str, Any], text: str, titles: dict[str, str]) -> dict[str, Any]:
    """A finding with the words it stands on; a rule that is no longer in the book has its id."""
    title = titles.get(found["rule"], found["rule"])
    words = text[found["start"] : found["end"]]
    return found | {"title": title, "percent": round(found["score"] * 100), "words": words}


def _with_accuracy(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Newest first, with how often each reporter was right before: `right` of `of` times."""
    theirs = Report.objects.filter(reporter=OuterRef("reporter")).exclude(state="open")
    return (
        reports.select_related("reporter")
        .order_by("-pk")
        .annotate(right=_counted(theirs.filter(state="upheld")), of=_counted(theirs))
    )


def _counted(theirs: QuerySet[Report]) -> Coalesce:
    counted = theirs.order_by().values("reporter").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _record_of(case: Case) -> dict[str, Any] | None:
    """What moderation knows of the author."""
    if case.author is None:
        return None
    theirs = Case.objects.filter(author=case.author)
    verdicts = Verdict.objects.filter(case__author=case.author).exclude(case=case)
    restricted = verdicts.filter(outcome__in=RESTRICTIONS)
    return {
        "person": case.author,
        "published": theirs.filter(state__in=VISIBLE_STATES).count(),
        "restricted": restricted.count(),
        "overturned": restricted.filter(appeal__state="cancelled").count(),
        "sanctions": Sanction.objects.in_force().filter(person=case.author),
        "latest": restricted.select_related("case").order_by("-pk")[:LATEST],
    }


def preview_of(case: Case, form: DecisionForm | None) -> dict[str, str] | None:
    """What the author will read, in their language; None before a valid decision."""
    if form is None or not form.is_valid() or case.author is None:
        return None
    said = form.cleaned_data
    told = {"rule": said["rule"], "outcome": said["outcome"], "kind": case.kind, "url": case.url}
    if said["outcome"] == Outcome.PUBLISH:
        told["rule"] = ""
    language = case.author.ui_language
    with translation.override(language):
        context = {"told": told | {"by_person": True}, "reason": said["reason"]}
        html = render_to_string("moderation/desk/_preview.html", context)
    names = dict(settings.LANGUAGES)
    return {"language": language, "name": names.get(language, language), "html": html}
