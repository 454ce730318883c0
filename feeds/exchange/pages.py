"""Pages of the exchange."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import Language, User
from feeds.cards import cards_of
from feeds.exchange.answers import answers_to
from feeds.exchange.greetings import notes_to_greet
from feeds.exchange.models import Prompt
from notes.translation.texts import readers_language

SHOWN_BEFORE = 20
LARGEST_ID = 2**63 - 1


@require_safe
def exchange(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A question with its answers in pairs, the present one if none is named."""
    asked = Prompt.objects.open()
    named = None if pk is None else get_object_or_404(asked, pk=min(pk, LARGEST_ID))
    prompt = named or asked.first()
    language = readers_language(get_language())
    others = asked.exclude(pk=prompt.pk) if prompt else asked
    earlier = [(other, other.question(language)) for other in others[:SHOWN_BEFORE]]
    context = {"prompt": prompt, "earlier": earlier} | _shown(request, prompt, language)
    if isinstance(request.user, User):
        context["to_greet"] = cards_of(notes_to_greet(request.user), signed_in=True)
    return render(request, "feeds/exchange.html", context)


def _shown(request: HttpRequest, prompt: Prompt | None, language: str) -> dict[str, object]:
    if prompt is None:
        return {}
    other = Language.ENGLISH if language == Language.CHINESE else Language.CHINESE
    answers, signed_in = answers_to(prompt, request.user), request.user.is_authenticated
    text = urlencode({"text": f"#{prompt.topic(language)}"})
    return {
        "question": prompt.question(language),
        "question_there": prompt.question(other),
        "language_there": other,
        "answer_address": f"{reverse('publish')}?{text}",
        "pairs": cards_of(answers.paired, signed_in),
        "alone": cards_of(answers.alone, signed_in),
    }
