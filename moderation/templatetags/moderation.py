"""Tags of pages that name rules."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from moderation.language import detect
from moderation.models import Verdict
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook, localised
from moderation.submission import OUTSIDE

register = template.Library()
NAMES: dict[str, Promise] = {
    Outcome.PUBLISH: _("published"),
    Outcome.WARN: _("shown with a warning"),
    Outcome.LIMIT: _("limited"),
    Outcome.HOLD: _("held for a person"),
    Outcome.REMOVE: _("removed"),
}
SOURCES: dict[str, Promise] = {
    "pattern": _("words"),
    "model": _("text model"),
    "link": _("links"),
    "repetition": _("repetition"),
    "newcomer": _("new account"),
    "listed": _("listed word"),
    "image": _("known image"),
}


KINDS: dict[str, Promise] = {
    "note": _("note"),
    "comment": _("comment"),
    "board": _("board"),
    "user": _("profile"),
    "account": _("account"),
    "translation": _("translation"),
    "term": _("term"),
    "wording": _("offered words"),
}


@register.filter
def tongue(text: str) -> str:
    """The language of a text of which nobody wrote it down."""
    return detect(text)


@register.simple_tag
def kind_name(kind: str) -> str:
    """What a case is about."""
    return str(KINDS.get(kind, kind))


@register.simple_tag
def signal_name(source: str) -> str:
    """Where a finding comes from."""
    if source.startswith(OUTSIDE):
        return gettext("classifier %(name)s") % {"name": source.removeprefix(OUTSIDE)}
    return str(SOURCES.get(source, source))


@register.simple_tag
def outcome_name(outcome: str) -> str:
    """What an outcome means for what it is about."""
    return str(NAMES[outcome])


@register.simple_tag
def outcome(verdict: Verdict) -> str:
    """What a verdict made of something."""
    return outcome_name(verdict.outcome)


@register.simple_tag
def rule(rule_id: str) -> dict[str, str] | None:
    """Title and principle of a rule in the reader's language; None for no rule."""
    language = get_language() or "en"
    try:
        found = load_rulebook().rule(rule_id)
    except KeyError:
        return None
    return {
        "id": found.id,
        "title": localised(found.title, language),
        "principle": localised(found.principle, language),
    }
