"""What a worker does with a translation that is due: ask the engine once, keep what it says."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts import breaker
from accounts.asking import BusyError, EngineError
from accounts.models import User
from moderation.actions import open_case
from notes.contents import Content, page_of_content
from notes.models import LEASE, MOST_TRANSLATION_ATTEMPTS, Comment, Note, Translation
from notes.translation import engines
from notes.translation.passages import Work, joined
from notes.translation.port import SERVICE, Engine, UnsupportedError
from notes.translation.texts import Text, author_of, content_of, is_shared, readers_of, text_of

logger = logging.getLogger(__name__)

TIME_LIMIT = 5.0  # seconds for one text, however many questions it takes
# After each failure it is left alone for so long.
PAUSES = (15, 60, 300, 1800, 3600)
# What says whether a text may be read, by others and by whom.
OF_NOTE = ("case", "author")
OF_COMMENT = ("case", "author", "note__case", "note__author")
PLACES = (
    "person",
    *(f"note__{name}" for name in OF_NOTE),
    *(f"comment__{name}" for name in OF_COMMENT),
)


def make_translation(pk: int) -> None:
    """Translate what is due; anything else is left alone. Safe to run twice."""
    engine = engines.current()
    if engine is None or breaker.is_open(SERVICE) or not _claim(pk):
        return
    row = Translation.objects.select_related(*PLACES).get(pk=pk)
    content = content_of(row)
    if not _is_wanted(row, content):
        # If it ever says this again where others may read it, who asks begins anew.
        Translation.objects.filter(pk=pk).update(attempts=MOST_TRANSLATION_ATTEMPTS)
        return
    text = text_of(content)
    try:
        title, body = translated(engine, text, row.language)
    except UnsupportedError:
        Translation.objects.filter(pk=pk).update(problem=Translation.Problem.UNSUPPORTED)
    except EngineError as error:
        _put_off(row, error)
    else:
        breaker.close(SERVICE)
        _keep(row, text, title, body, engine.name)


def _is_wanted(row: Translation, content: Content) -> bool:
    """Whether the text still says what was to be translated, and to others than its author."""
    return text_of(content).digest == row.digest and is_shared(content)


def _claim(pk: int) -> bool:
    """Take it for this worker alone; the attempt counts before the work."""
    due = Translation.objects.due().filter(pk=pk)
    leased = timezone.now() + LEASE
    return due.update(attempts=F("attempts") + 1, due_at=leased, problem="") == 1


def translated(engine: Engine, text: Text, target: str) -> tuple[str, str]:
    """Title and body in `target`. Raises EngineError, UnsupportedError."""
    deadline = time.monotonic() + TIME_LIMIT

    def ask(texts: Sequence[str], source: str) -> list[str]:
        return engine.translate(texts, source, target, deadline)

    work = Work(target)
    title, body = (work.add(words, text.language) for words in (text.title, text.body))
    work.do(ask)
    return joined(title, target), joined(body, target)


def _put_off(row: Translation, error: EngineError) -> None:
    logger.warning("translation %s: %s", row.pk, error)
    if isinstance(error, BusyError):
        breaker.rest(SERVICE, error.wait)
    else:
        breaker.fail(SERVICE)
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1]
    later = timezone.now() + timedelta(seconds=pause)
    late = Translation.Problem.LATE
    Translation.objects.filter(pk=row.pk).update(due_at=later, problem=late)


@transaction.atomic
def _keep(row: Translation, text: Text, title: str, body: str, provider: str) -> None:
    """Keep the words, and let moderation say whether they may be read.

    What was deleted, hidden or changed while the engine spoke is left alone.
    """
    content = _locked(content_of(row))
    if content is None or not _is_wanted(row, content):
        return
    said = f"{title}\n\n{body}".strip()
    # Nobody's words: who wrote the text is not to blame for what a machine made of it.
    url = page_of_content(content)
    readers, about = readers_of(content), author_of(content)
    case = open_case("translation", None, said, row.language, readers, url=url, about=about)
    Translation.objects.filter(pk=row.pk).update(
        title=title,
        body=body,
        provider=provider,
        source_language=text.language,
        case=case,
        made_at=timezone.now(),
    )


def _locked(content: Content) -> Content | None:
    """As it is now, and stays until the transaction ends; None if it is gone."""
    found: QuerySet[Note] | QuerySet[Comment] | QuerySet[User]
    if isinstance(content, Note):
        found = Note.objects.select_related(*OF_NOTE)
    elif isinstance(content, Comment):
        found = Comment.objects.select_related(*OF_COMMENT)
    else:
        found = User.objects.all()
    return found.select_for_update(no_key=True, of=("self",)).filter(pk=content.pk).first()


def make_due(at_most: int = 20) -> None:
    """Translate what waited, oldest first; one after another, and none while the engine rests.

    One that cannot be translated keeps no other from it.
    """
    for pk in Translation.objects.due().order_by("due_at").values_list("pk", flat=True)[:at_most]:
        if breaker.is_open(SERVICE):
            return
        try:
            make_translation(pk)
        except Exception:
            logger.exception("translation %s could not be made", pk)
