"""What somebody asks for, read into terms, and these written for PostgreSQL as a tsquery."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from feeds.search.text import LONGEST_WORD, SMALL, cut, fold, pieces

LONGEST = 200
MOST_TERMS = 40
# With so many terms one may be missing, with so many two.
FORGIVES_ONE, FORGIVES_TWO = 2, 5
COMBINED = 8
# Weights of the author's own words; D are those of translations.
ORIGINAL = "ABC"

# What cannot be shown cannot be meant.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

Stems = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """Pairs that belong together, a word, or a sign. `begins` finds what only begins so."""

    lexemes: tuple[str, ...]
    is_word: bool = False
    begins: bool = False
    small: bool = False

    def written(self, stems: Stems, weights: str = "") -> str:
        """This term as part of a tsquery; only what has one of these weights, if any."""
        if not self.is_word:
            mark = _mark(self.begins, weights)
            return " & ".join(f"'{lexeme}'{mark}" for lexeme in self.lexemes)
        (word,) = self.lexemes
        whole = f"'{stems.get(word) or word}'{_mark(False, weights)}"
        return f"({whole} | '{word}'{_mark(True, weights)})" if self.begins else whole


def _mark(begins: bool, weights: str) -> str:
    return f":{'*' if begins else ''}{weights}" if begins or weights else ""


def tidy(asked: str) -> str:
    """What is asked in one line, cut where nobody asks any longer."""
    return " ".join(_UNSHOWN.sub(" ", asked[: 10 * LONGEST]).split())[: LONGEST + 1]


def read(asked: str) -> list[Term]:
    """Return the terms of what is asked, each once, at most 40 of the first 200 characters."""
    text = asked[: LONGEST + 1]
    border = text[LONGEST - 1 :]
    if len(border) > 1 and border.isascii() and border.isalnum():
        text = text[:LONGEST].rpartition(" ")[0] or text  # no half of a word
    found: list[Term] = []
    for kind, piece in pieces(fold(text[:LONGEST])):
        if kind == "run":
            found += _read_run(piece)
        else:
            found.append(Term((piece[:LONGEST_WORD],), is_word=kind == "word"))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _read_run(run: str) -> Iterator[Term]:
    """Words of pairs; single characters beside each other are taken for a word we do not know."""
    loose = ""
    for word in [*cut(run), ""]:
        if len(word) == 1 and word not in SMALL:
            loose += word
            continue
        if loose:
            yield _term(loose)
            loose = ""
        if word:
            yield _term(word)


def _term(word: str) -> Term:
    if len(word) == 1:
        return Term((word,), begins=True, small=word in SMALL)
    pairs = tuple(word[i : i + 2] for i in range(len(word) - 1))
    return Term(pairs, small=word in SMALL)


def telling(terms: Sequence[Term], stems: Stems) -> list[Term]:
    """The terms that say something; all of them when none does."""
    said = [t for t in terms if not t.small and not (t.is_word and stems.get(t.lexemes[0]) == "")]
    return said or list(terms)


def words_of(terms: Sequence[Term]) -> list[str]:
    """The words in letters among the terms: those that have stems."""
    return [term.lexemes[0] for term in terms if term.is_word]


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that say something, with the stems of their words."""

    terms: tuple[Term, ...]
    stems: Stems

    @classmethod
    def of(cls, text: str, stem: Callable[[Sequence[str]], Stems]) -> Query:
        """Read a text; `stem` returns stems by word, "" for words that say nothing."""
        terms = read(text)
        stems = stem(words_of(terms))
        return cls(tuple(telling(terms, stems)), stems)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def every(self, weights: str = "") -> str:
        """All of the terms."""
        return " & ".join(self._written(weights))

    def some(self, weights: str = "") -> str:
        """Any of the terms."""
        return " | ".join(f"({term})" for term in self._written(weights))

    def most(self, weights: str = "") -> str:
        """All of the terms but one, but two of many; "" when none can be missing."""
        written = self._written(weights)[:COMBINED]
        if len(written) < FORGIVES_ONE:
            return ""
        size = len(written) - (1 if len(written) < FORGIVES_TWO else 2)
        kept = combinations(written, size)
        return " | ".join(f"({' & '.join(terms)})" for terms in kept)

    def beginning(self) -> str:
        """All of the terms, the last one perhaps not written to its end."""
        *whole, last = self.terms
        unfinished = Term(last.lexemes, last.is_word, begins=True)
        return " & ".join(t.written(self.stems) for t in (*whole, unfinished))

    def _written(self, weights: str) -> list[str]:
        return [term.written(self.stems, weights) for term in self.terms]
