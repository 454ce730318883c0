"""Texts of one thing written as a tsvector: pure, given the stems of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feeds.search.pinyin import spellings
from feeds.search.text import Found, lexemes

# Limits of PostgreSQL for a lexeme; what comes later is found all the same.
LAST_POSITION, MOST_POSITIONS = 16_383, 255
TITLE, WORDS, ACROSS, TRANSLATED = "A", "B", "C", "D"


@dataclass(frozen=True, slots=True)
class Part:
    """A text and what it weighs. A name is found under the letters of its words too."""

    text: str
    weight: str = WORDS
    is_name: bool = False


class Read(NamedTuple):
    """A part and what it is found under."""

    part: Part
    found: list[Found]


def read(parts: Iterable[Part]) -> list[Read]:
    return [Read(part, lexemes(part.text)) for part in parts]


def words_of(read: Iterable[Read]) -> set[str]:
    """The words in letters, whose stems `vector` needs."""
    return {lexeme for _, found in read for lexeme, is_word, _ in found if is_word}


def vector(read: Sequence[Read], stems: Mapping[str, str]) -> str:
    """Return the literal of a tsvector."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    position = 0
    for part, found in read:
        across = part.weight if part.weight == TRANSLATED else ACROSS
        for lexeme, is_word, inside in found:
            if position < LAST_POSITION:
                position += 1
            place = f"{position}{part.weight if inside else across}"
            if is_word:
                for written in _under(lexeme, part, stems):
                    places[written].append(place)
            else:
                places[lexeme].append(place)
        for spelling in spellings(part.text) if part.is_name else ():
            places[spelling].append(f"{position}{ACROSS}")
    return " ".join(
        [f"'{lexeme}':{','.join(at[:MOST_POSITIONS])}" for lexeme, at in places.items()]
    )


def _under(word: str, part: Part, stems: Mapping[str, str]) -> Iterator[str]:
    """The lexemes of a word in letters: those that say nothing only count in titles."""
    stem = stems[word]
    if stem:
        yield stem
    if word != stem and (part.is_name or (not stem and part.weight == TITLE)):
        yield word
