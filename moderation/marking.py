"""A text as the desk shows it: in paragraphs by language, with what was found in it marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from moderation.language import detect

# Evidence of the whole text marks nothing.
WHOLE = 0.9
SHORT = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, and the rules that something found in them names."""

    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together in one language."""

    language: str
    pieces: tuple[Piece, ...]


Span = tuple[int, int, str]


def marked(text: str, spans: Iterable[Span]) -> list[Part]:
    """Cut a text into parts by language; spans are (start, end, rule), and may overlap."""
    useful = [span for span in spans if _marks(span, len(text))]
    return [
        Part(language, tuple(_pieces(text, start, end, useful)))
        for language, start, end in _parts(text)
    ]


def _marks(span: Span, length: int) -> bool:
    start, end, _ = span
    return start < end and (length <= SHORT or end - start < WHOLE * length)


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """(language, start, end) of runs of paragraphs; one whose language is unsure joins the last."""
    first, at, language = 0, 0, ""
    for paragraph in text.split("\n\n"):
        found = detect(paragraph) or language
        if language and found != language:
            yield language, first, max(first, at - 2)
            first = at
        language, at = found, at + len(paragraph) + 2
    yield language, first, len(text)


def _pieces(text: str, first: int, last: int, spans: list[Span]) -> Iterator[Piece]:
    inside = [(max(s, first), min(e, last), rule) for s, e, rule in spans if s < last and e > first]
    edges = sorted({first, last, *(at for s, e, _ in inside for at in (s, e))})
    for start, end in pairwise(edges):
        rules = dict.fromkeys(rule for s, e, rule in inside if s <= start and e >= end)
        yield Piece(text[start:end], tuple(rules))
