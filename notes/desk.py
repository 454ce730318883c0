"""For moderators: what a case says, in their own language. Kept nowhere."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import breaker
from accounts.asking import BusyError, EngineError
from accounts.models import User
from moderation.actions import look
from moderation.language import detect
from moderation.models import Case
from notes.translation import engines
from notes.translation.looking import WHY_NOT, Stage
from notes.translation.making import translated
from notes.translation.port import SERVICE, UnsupportedError
from notes.translation.texts import Text, readers_language

SILENT = _("The translation service does not answer at the moment. Please try again in a minute.")

logger = logging.getLogger(__name__)


@require_POST
def case_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a case translated that everybody could read, were it published; the look is noted."""
    moderator = request.user
    if not isinstance(moderator, User) or not moderator.is_moderator:
        raise Http404
    case = get_object_or_404(Case.objects.for_the_desk().select_related("author"), pk=pk)
    look(case, moderator)
    language = readers_language(get_language())
    words, problem = _words_of(case, language)
    context = {"case": case, "words": words, "problem": problem, "language": language}
    return render(request, "notes/case_translation.html", context)


def _words_of(case: Case, language: str) -> tuple[str, Promise | str]:
    """What it says in a language, or why there are no words."""
    engine = engines.current()
    if not case.is_public:
        return "", WHY_NOT[Stage.UNSHARED]
    if engine is None:
        return "", WHY_NOT[Stage.OFF]
    if breaker.is_open(SERVICE):
        return "", SILENT
    text = Text("", case.text, case.language or detect(case.text))
    try:
        return translated(engine, text, language)[1], ""
    except UnsupportedError:
        return "", WHY_NOT[Stage.UNSUPPORTED]
    except EngineError as error:
        logger.warning("case %s: %s", case.pk, error)
        breaker.rest(SERVICE, error.wait) if isinstance(error, BusyError) else breaker.fail(SERVICE)
        return "", SILENT
