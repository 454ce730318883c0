"""Tags of pages that name rules."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from moderation.rulebook import load_rulebook, localised

register = template.Library()


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
