"""What a text says in another language, if there are words that may be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from accounts.models import Block, User, Viewer
from moderation.models import VISIBLE_STATES
from notes.contents import Content
from notes.models import Note, Translation, TranslationQuerySet, Wording
from notes.translation.foreign import is_foreign
from notes.translation.texts import Text, place_of, text_of

# Stands in the place of an engine's name.
BY_AUTHOR, BY_READER = "author", "reader"


class Shown(NamedTuple):
    """Words in `language`; `credit` is the reader who found them."""

    language: str
    source_language: str
    title: str
    body: str
    provider: str
    credit: User | None = None

    @property
    def is_original(self) -> bool:
        """Whether nothing needed saying again: these are the words of the text itself."""
        return self.provider == BY_AUTHOR and self.language == self.source_language


def shown_translation(
    content: Content, language: str, viewer: Viewer | None = None
) -> Shown | None:
    """The words to show: the author's own, else a reader's accepted ones, else a machine's.

    Whoever asks has found `content` by `visible(viewer)`. Without a viewer: what strangers read.
    """
    text = text_of(content)
    if by_author := _of_author(content, text, language):
        return by_author
    row = rows_of(content, language).filter(digest=text.digest).first()
    return words_of(row, viewer) if row else None


def shown_of_notes(notes: Iterable[Note]) -> dict[int, list[Shown]]:
    """All that notes say in other languages than their own, by their ids, in one query."""
    found: dict[int, list[Shown]] = {}
    texts = {note.pk: text_of(note) for note in notes}
    for note in notes:
        second = _of_author(note, texts[note.pk], note.second_language)
        found[note.pk] = [second] if second and note.second_language else []
    rows = Translation.objects.shown().filter(note__in=texts).select_related(*WITH)
    for row in rows:
        there = found[row.note_id or 0]
        told = {shown.language for shown in there}
        shown = words_of(row)
        if shown and row.digest == texts[row.note_id or 0].digest and row.language not in told:
            there.append(shown)
    return found


WITH = ("case", "wording__case", "wording__by")


def rows_of(content: Content, language: str) -> TranslationQuerySet:
    """The translations of all versions of a text into a language."""
    place = place_of(content)
    return Translation.objects.filter(language=language, **place).select_related(*WITH)


def _of_author(content: Content, text: Text, language: str) -> Shown | None:
    """What the author wrote in this language."""
    whole = f"{text.title}\n{text.body}"
    if text.language in ("", language) and not is_foreign(whole, language, language):
        return Shown(language, language, text.title, text.body, BY_AUTHOR)
    if not isinstance(content, Note) or content.second_language != language:
        return None
    title, body = content.second_title, content.second_body
    return Shown(language, text.language, title, body, BY_AUTHOR) if title or body else None


def words_of(row: Translation, viewer: Viewer | None = None) -> Shown | None:
    """The words of a translation that may be read, by this reader if one is named."""
    wording, case = row.wording, row.case
    if wording and _may_read(wording, viewer):
        title, body = wording.title, wording.body
        return Shown(row.language, row.source_language, title, body, BY_READER, wording.by)
    if case and case.state in VISIBLE_STATES:
        return Shown(row.language, row.source_language, row.title, row.body, row.provider)
    return None


def _may_read(wording: Wording, viewer: Viewer | None) -> bool:
    """Who blocks a reader, or is blocked by them, gets the machine's words instead."""
    if wording.case.state not in VISIBLE_STATES or not wording.by.is_active:
        return False
    return not (isinstance(viewer, User) and Block.objects.between(viewer, wording.by))
