"""Pages of moderation: the public rule book."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moderation.rulebook import load_rulebook, localised


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
