"""How Chinese is typed: by its sounds in Latin letters, whole or by their first letters."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from feeds.search.text import fold
from moderation.text import HAN

_RUN = re.compile(f"[{HAN}]+")
# Longer names are found by their characters.
LONGEST = 12


def spellings(text: str) -> list[str]:
    """Return "kafeiguan", "kfg", "feiguan", "fg", … for 咖啡馆: from each of its characters on."""
    found: dict[str, None] = {}
    for run in _RUN.findall(fold(text)):
        syllables = _syllables(run[:LONGEST])
        for start in range(len(syllables)):
            rest = syllables[start:]
            found["".join(rest)] = None
            if len(rest) > 1:
                found["".join(syllable[0] for syllable in rest)] = None
    return list(found)


def _syllables(run: str) -> list[str]:
    spelled: list[str] = _pypinyin().lazy_pinyin(run, errors="ignore")
    return [fold(syllable) for syllable in spelled if syllable]


@cache
def _pypinyin() -> Any:
    # Only workers spell, and only names: half a second and 30 MB.
    return import_module("pypinyin")
