"""Whether a text holds something in another language than the reader's: told by script alone."""

from __future__ import annotations

import re

from moderation.text import HAN

_HAN = re.compile(f"[{HAN}]{{2}}")
# Four words in a row are a sentence; fewer are a name.
_LATIN_SENTENCE = re.compile(r"(?:(?<![@#\w/.])[A-Za-z][A-Za-z'’]*[ ,]+){3,}[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_INSIDE = {"en": _HAN, "zh": _LATIN_SENTENCE}


def is_foreign(text: str, language: str, target: str) -> bool:
    """Whether a text mostly in `language` should be offered in `target`."""
    if not language or language == target:
        return bool(_INSIDE[target].search(text))
    return bool(_LETTER.search(text))
