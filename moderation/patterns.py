"""The patterns of the rules: sequences and gatherings of concepts, in any language."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from moderation.lexicon import RULES
from moderation.shape import Shape, load_alphabet

MOST_MATCHES = 12  # of one pattern; a flooded text is no worse than a full one
_BORDERS = {1: "[^.?,]", 2: "[^.?]", 3: "."}
_GAP = re.compile(r"(~+)(\d+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of breaking a rule.

    `sequence` finds the concepts in order within a sentence; `gathering` finds them all, in any
    order, within `within` symbols. `keep` names the scopes that do not excuse it.
    """

    rule: str
    score: float
    needs: tuple[frozenset[str], ...]
    kinds: frozenset[int]
    sequence: re.Pattern[str] | None
    within: int
    keep: frozenset[str]

    def spans(self, shape: Shape) -> Iterator[tuple[int, int]]:
        """Where it matches, as spans of symbols."""
        if self.sequence is not None:
            matches = self.sequence.finditer(shape.symbols)
            return (match.span() for match in islice(matches, MOST_MATCHES))
        return islice(self._gatherings(shape.symbols), MOST_MATCHES)

    def _gatherings(self, symbols: str) -> Iterator[tuple[int, int]]:
        seen: dict[int, int] = {}
        for at, symbol in enumerate(symbols):
            fresh = [i for i, letters in enumerate(self.needs) if symbol in letters]
            if not fresh:
                continue
            seen = {i: where for i, where in seen.items() if at - where <= self.within}
            # One symbol fills one need: the first still open, else it renews the oldest.
            open_needs = [i for i in fresh if i not in seen]
            seen[open_needs[0] if open_needs else min(fresh, key=lambda i: seen[i])] = at
            if len(seen) == len(self.needs):
                yield min(seen.values()), at + 1
                seen.clear()


def possible_patterns(symbols: str) -> Iterator[Pattern]:
    """The patterns all of whose needs the symbols can meet; most texts meet those of few."""
    kinds = _kinds_of_symbols()
    present = frozenset().union(*(kinds.get(symbol, ()) for symbol in set(symbols)))
    return (pattern for pattern in load_patterns() if pattern.kinds <= present)


@cache
def _kinds_of_symbols() -> dict[str, list[int]]:
    """For each symbol, the sets of letters (by their hash) that it belongs to."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for letters in {letters for pattern in load_patterns() for letters in pattern.needs}:
        for letter in letters:
            kinds[letter].append(hash(letters))
    return dict(kinds)


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """All patterns of rules/patterns; a file is named after its rule."""
    return tuple(
        _pattern(path.stem, entry)
        for path in sorted((RULES / "patterns").glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]
    )


def _pattern(rule: str, entry: dict[str, Any]) -> Pattern:
    words = entry.get("sequence", entry.get("together", "")).split()
    needed = (word for word in words if not _GAP.fullmatch(word) and word[0] != "!")
    needs = tuple(_letters(w) for w in needed if w[-1] != "?" and w not in ("start", "end"))
    return Pattern(
        rule=rule,
        score=entry["score"],
        needs=needs,
        kinds=frozenset(map(hash, needs)),
        sequence=re.compile("".join(map(_piece, words))) if "sequence" in entry else None,
        within=entry.get("within", 40),
        keep=frozenset(entry.get("keep", ())),
    )


def _letters(word: str) -> frozenset[str]:
    letters = "".join(load_alphabet().letters(concept) for concept in word.split("|"))
    if not letters:
        raise ValueError(f"no concept of the lexicon is called {word}")
    return frozenset(letters)


def _piece(word: str) -> str:
    """One word of a sequence as a regular expression over symbols.

    `a|b` one of the concepts, `a?` perhaps, `!a` not here, `~3` up to three symbols of the same
    clause, `~~3` of the same sentence, `~~~3` of any, `start` and `end` the borders of a clause.
    """
    if gap := _GAP.fullmatch(word):
        return f"{_BORDERS[len(gap[1])]}{{0,{gap[2]}}}?"
    if word == "start":
        return "(?:^|(?<=[.?,]))"
    if word == "end":
        return "(?=[.?,]|$)"
    optional = word.endswith("?")
    letters = re.escape("".join(sorted(_letters(word.strip("!?")))))
    if word.startswith("!"):
        return f"(?![{letters}])"
    return f"[{letters}]{'?' if optional else ''}"
