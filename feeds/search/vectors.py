"""Texts of one thing written as a tsvector: pure, given the stems of its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from feeds.search.pinyin import spellings
from feeds.search.text import LONGEST_WORD, Found, fold, lexemes, pieces

# Limits of PostgreSQL for a lexeme; what comes later is found all the same.
LAST_POSITION, MOST_POSITIONS = 16_383, 255
TITLE, WORDS, ACROSS, TRANSLATED = "A", "B", "C", "D"


@dataclass(frozen=True, slots=True)
class Part:
    """A text and what it weighs. A name is found under the letters of its words too."""

    text: str
    weight: str = WORDS
    is_name: bool = False


def words_of(parts: Iterable[Part]) -> set[str]:
    """The words in letters, whose stems `vector` needs."""
    found = (pieces(fold(part.text)) for part in parts)
    return {word[:LONGEST_WORD] for each in found for kind, word in each if kind == "word"}


def vector(parts: Sequence[Part], stems: Mapping[str, str]) -> str:
    """Return the literal of a tsvector."""
    places: dict[str, list[str]] = {}
    position = 0
    for part in parts:
        for found in lexemes(part.text):
            position = min(position + 1, LAST_POSITION)
            for lexeme in _under(found, part, stems):
                at = places.setdefault(lexeme, [])
                if len(at) < MOST_POSITIONS:
                    at.append(f"{position}{_weight(found, part)}")
        if part.is_name:
            for spelling in spellings(part.text):
                places.setdefault(spelling, [f"{position}{ACROSS}"])
    return " ".join(f"'{lexeme}':{','.join(at)}" for lexeme, at in places.items())


def _under(found: Found, part: Part, stems: Mapping[str, str]) -> Iterator[str]:
    """The lexemes of what was found: words that say nothing only count in titles."""
    if not found.is_word:
        yield found.lexeme
        return
    stem = stems[found.lexeme]
    if stem:
        yield stem
    if found.lexeme != stem and (part.is_name or (not stem and part.weight == TITLE)):
        yield found.lexeme


def _weight(found: Found, part: Part) -> str:
    return part.weight if found.inside or part.weight == TRANSLATED else ACROSS
