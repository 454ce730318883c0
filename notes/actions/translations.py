"""Asking for translations."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.commits import ring
from accounts.limits import take
from accounts.models import Viewer
from notes import tasks
from notes.contents import Content
from notes.models import Translation
from notes.translation.looking import Found, Stage, look
from notes.translation.texts import place_of, text_of


class TooManyTranslationsError(Exception):
    """Somebody asks for more new translations than one may; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def translation_for(
    viewer: Viewer, content: Content, language: str, buckets: dict[str, int]
) -> Found:
    """What a text says in a language; a worker is asked for what nobody has said yet.

    Only what is new is counted in the caller's buckets. Raises TooManyTranslationsError.
    """
    found = look(content, language, viewer)
    if found.stage is not Stage.UNASKED:
        return found
    standing = take(buckets, is_read=False)
    if standing and standing.wait:
        raise TooManyTranslationsError(standing.wait)
    ask_for_translation(content, language)
    return look(content, language, viewer)


@transaction.atomic
def ask_for_translation(content: Content, language: str) -> Translation:
    """Have a text translated by a machine, once; who asks after it was given up begins anew."""
    row = row_of(content, language)
    Translation.objects.given_up().filter(pk=row.pk).update(attempts=0, due_at=timezone.now())
    ring(tasks.translate, row.pk)
    return row


def row_of(content: Content, language: str) -> Translation:
    """The row of this version of a text, made where there is none."""
    text = text_of(content)
    defaults = {"source_language": text.language}
    return Translation.objects.get_or_create(
        language=language, digest=text.digest, **place_of(content), defaults=defaults
    )[0]
