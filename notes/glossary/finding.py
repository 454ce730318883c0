"""Finding words of the glossary in a text: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping


class Finder:
    """Finds spellings, whatever their case; the longest first, within letters never."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` leads from a spelling to the name of its term."""
        self._names = {spelling.casefold(): name for spelling, name in names.items()}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)

    def find(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        """Where each term that was not seen yet stands for the first time: start, end, name."""
        if not self._names:
            return
        for match in self._pattern.finditer(text):
            name = self._names.get(match.group().casefold())
            if name and name not in seen:
                seen.add(name)
                yield *match.span(), name


def _pattern(spelling: str) -> str:
    before = r"(?<![A-Za-z0-9])" if spelling[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if spelling[-1].isascii() else ""
    return before + re.escape(spelling) + after


def spellings_of(rows: Iterable[tuple[str, str, list[str]]]) -> dict[str, str]:
    """Spelling → name, of rows of name, word and other spellings."""
    return {each: name for name, word, others in rows for each in (word, *others)}
