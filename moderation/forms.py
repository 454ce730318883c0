"""Forms of moderation: reports and appeals."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moderation.models import OTHER
from moderation.models.appeals import APPEAL_LENGTH
from moderation.models.reports import DETAIL_LENGTH
from moderation.rulebook import load_rulebook, localised


def reasons() -> list[tuple[str, str]]:
    """The rules in the reader's language, and something else."""
    language = get_language() or "en"
    rules = [(rule.id, str(localised(rule.title, language))) for rule in load_rulebook().rules]
    return [*rules, (OTHER, str(_("Something else")))]


class ReportForm(forms.Form):
    """Why something is reported."""

    reason = forms.ChoiceField(label=_("Which rule?"), choices=reasons, widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("In your words, if you like"),
        required=False,
        max_length=DETAIL_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )
