"""What moderators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moderation.actions import REASON_LENGTH
from moderation.actions.sanctions import MOST_DAYS
from moderation.models import SanctionKind
from moderation.models.appeals import APPEAL_LENGTH
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook, localised

# Key, outcome, words.
OUTCOMES = (
    ("p", Outcome.PUBLISH, _("Publish")),
    ("w", Outcome.WARN, _("Publish with a content warning")),
    ("l", Outcome.LIMIT, _("Limit")),
    ("h", Outcome.HOLD, _("Hold for a second person")),
    ("r", Outcome.REMOVE, _("Remove")),
)
CHOICES = [(outcome.value, words) for _key, outcome, words in OUTCOMES]


def rule_choices() -> list[tuple[str, str]]:
    """The rules by their titles, in the moderator's language."""
    language = get_language() or "en"
    rules = load_rulebook().rules
    return [("", "—"), *((rule.id, localised(rule.title, language)) for rule in rules)]


class _RulingForm(forms.Form):
    """An outcome, and the rule that a restriction names."""

    outcome: forms.Field
    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") not in (None, "", Outcome.PUBLISH) and not cleaned.get("rule"):
            self.add_error("rule", _("A restriction names its rule."))
        return cleaned


class DecisionForm(_RulingForm):
    """What a moderator decides. `version` says which state of the case they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Note to the author"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class SanctionForm(forms.Form):
    """What an account may no longer, by which rule, for how long."""

    prefix = "sanction"
    kind = forms.ChoiceField(label=_("Sanction"), choices=SanctionKind.choices)
    days = forms.IntegerField(
        label=_("Days; a ban has no end"), initial=7, min_value=1, max_value=MOST_DAYS
    )
    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices)
    reason = forms.CharField(
        label=_("Note to the person"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class AnswerForm(_RulingForm):
    """The answer to an appeal: the decision stands, or what takes its place."""

    prefix = "appeal"
    outcome = forms.ChoiceField(
        label=pgettext_lazy("to an appeal", "Answer"),
        choices=[("", _("The decision stands")), *CHOICES],
        required=False,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("In words, which the author will read"),
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
