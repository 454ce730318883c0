"""English stems, as PostgreSQL makes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

MOST_KEPT = 100_000
_known: dict[str, str] = {}

LEXIZE = "SELECT word, ts_lexize('english_stem', word) FROM unnest(%s::text[]) word"


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """Return the stem of each word, "" of words that say nothing ("the")."""
    wanted = set(words)
    made = _lexize([word for word in wanted if word not in _known])
    found = {word: made[word] if word in made else _known[word] for word in wanted}
    if len(_known) + len(made) > MOST_KEPT:
        _known.clear()
    _known.update(made)
    return found


def _lexize(words: list[str]) -> dict[str, str]:
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LEXIZE, [words])
        return {word: stems[0] if stems else "" for word, stems in cursor.fetchall()}
