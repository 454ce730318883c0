"""The words of the rules: which concepts a run of text stands for, in either language."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product, starmap
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"
MASKED = {"insult", "slur", "vile", "harm", "drug", "explicit", "loathe", "swear"}
# Concepts that say nothing by themselves: grammar, persons, who is meant.
_QUIET = """
    be was skip all very negation report comfort counter pest playful setting idiom swear praise
    like mean must will you your they anyone me group member identity camp country crowd why
    wish spread vote
"""
QUIET = frozenset(_QUIET.split())
LATIN_WORD = re.compile(r"[a-z0-9]+|'(?:re|ll|ve|m|s|d|t)\b")
_WORD_CHARACTER = re.compile(r"[a-z0-9]")


Concepts = frozenset[str]
Phrases = dict[tuple[str, ...], list[tuple[list[str], Concepts]]]
Strings = dict[str, list[tuple[str, Concepts]]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Listed phrases by their first two words, and all other listed strings by their first two
    characters; longest first."""

    phrases: Phrases
    strings: Strings
    words: frozenset[str]
    masked: frozenset[str]

    def meanings(self) -> Iterator[Concepts]:
        """The set of concepts of every entry."""
        for candidates in self.phrases.values():
            yield from (concepts for _, concepts in candidates)
        for spellings in self.strings.values():
            yield from (concepts for _, concepts in spellings)

    def phrase_at(self, words: list[str], at: int) -> tuple[int, Concepts] | None:
        """The longest phrase of whole words at `words[at]`: how many words, which concepts."""
        for phrase, concepts in self.phrases.get(tuple(words[at : at + 2]), ()):
            if words[at : at + len(phrase)] == phrase:
                return len(phrase), concepts
        alone = self.phrases.get((words[at],))
        return (1, alone[0][1]) if alone else None

    def string_at(self, text: str, at: int) -> tuple[int, Concepts] | None:
        """The longest string at `text[at]`: its length, which concepts."""
        for string, concepts in self.strings.get(text[at : at + 2], ()):
            if text.startswith(string, at) and _ends_whole(text, at + len(string)):
                return len(string), concepts
        alone = self.strings.get(text[at])
        return (1, alone[0][1]) if alone else None


@cache
def load_lexicon() -> Lexicon:
    """All concepts of rules/lexicon, read once."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for path in sorted((RULES / "lexicon").glob("*.toml")):
        for concept, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for word in _spellings(entry):
                meanings[word].add(concept)
    return _indexed(meanings)


def _spellings(entry: dict[str, Any]) -> Iterator[str]:
    for key, words in entry.items():
        if key == "made":
            yield from chain.from_iterable(starmap(_compounds, words))
            continue
        for word in words:
            stem, *endings = word.split("|")
            yield stem
            yield from (stem + ending for ending in endings)


def _compounds(firsts: list[str], seconds: list[str]) -> Iterator[str]:
    for first, second in product(firsts, seconds):
        yield f"{first} {second}" if first.isascii() else first + second


def _indexed(meanings: dict[str, set[str]]) -> Lexicon:
    phrases: Phrases = defaultdict(list)
    strings: Strings = defaultdict(list)
    for spelling, concepts in sorted(meanings.items(), key=lambda item: -len(item[0])):
        if spelling.isascii() and _WORD_CHARACTER.match(spelling):
            words = LATIN_WORD.findall(spelling)
            phrases[tuple(words[:2])].append((words, frozenset(concepts)))
        else:
            strings[spelling[:2]].append((spelling, frozenset(concepts)))
    for candidates in phrases.values():
        candidates.sort(key=lambda item: -len(item[0]))
    return Lexicon(dict(phrases), dict(strings), _latin_words(meanings), _masked(phrases))


def _latin_words(spellings: Iterable[str]) -> frozenset[str]:
    words = (word for spelling in spellings for word in LATIN_WORD.findall(spelling))
    return frozenset(word for word in words if len(word) >= 2 and word.isalpha())


def _masked(phrases: Phrases) -> frozenset[str]:
    """Single words that people write with asterisks."""
    return frozenset(
        key[0]
        for key, candidates in phrases.items()
        if len(key) == 1 and len(key[0]) >= 4 and any(c & MASKED for _, c in candidates)
    )


def _ends_whole(text: str, end: int) -> bool:
    if end >= len(text) or not _WORD_CHARACTER.match(text[end - 1]):
        return True
    return not _WORD_CHARACTER.match(text[end])
