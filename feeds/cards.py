"""Cards of notes as HTML: drawn once a version, the reader's own heart filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from feeds.fragments import Row, drawing, fragments
from notes.counts import compact
from notes.models import Note

# What the templates write where something changes from reader to reader.
HEART = b"<!--heart-->"
# Where a list says something of its own about a note.
SAID = b"<!--said-->"
# A picture that is fetched when it comes near, and one of the first row, for which people wait.
LATER, FIRST = b'loading="lazy" decoding="async"', b'fetchpriority="high"'
ROW = 4
NOTE_ID, COUNT = "{note}", "{count}"


def cards_of(
    rows: Sequence[Row], signed_in: bool, said: Mapping[int, str] | None = None
) -> SafeString:
    """Return the cards of the rows, in their order; `said` is safe HTML by the id of the note."""
    language = get_language() or "en"
    if signed_in or said:
        html = _joined(rows, language, signed_in, said or {})
    else:
        html = _for_all(tuple(rows), language, drawing())
    return mark_safe(html)  # noqa: S308 - made by our own templates


@lru_cache(maxsize=200)
def _for_all(rows: tuple[Row, ...], language: str, release: str) -> str:
    """Anonymous readers see the same as long as the rows are the same."""
    return _joined(rows, language, False, {})


def _joined(rows: Sequence[Row], language: str, signed_in: bool, words: Mapping[int, str]) -> str:
    html = [
        fragment.replace(HEART, heart_of(row, language, signed_in)).replace(
            SAID, words.get(row.pk, "").encode()
        )
        for row, fragment in zip(rows, fragments(f"card:{language}", rows, draw), strict=True)
    ]
    html[:ROW] = [card.replace(LATER, FIRST, 1) for card in html[:ROW]]
    return b"".join(html).decode()


def draw(notes: Iterable[Note]) -> dict[int, bytes]:
    template = get_template("feeds/_card.html")
    return {note.pk: template.render({"note": note}).encode() for note in notes}


def heart_of(row: Row, language: str, signed_in: bool) -> bytes:
    pattern = _heart_pattern(language, row.liked, signed_in)
    count = compact(row.like_count, language)
    return pattern.replace(NOTE_ID, str(row.pk)).replace(COUNT, count).encode()


@lru_cache
def _heart_pattern(language: str, liked: bool, signed_in: bool) -> str:
    return get_template("notes/_heart.html").render(
        {"note_id": NOTE_ID, "count": COUNT, "liked": liked, "signed_in": signed_in}
    )
