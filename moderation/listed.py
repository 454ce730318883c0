"""Evidence of lists that people keep at the desk: words, and pictures known to be bad."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from moderation.reading import Reading
from moderation.submission import Evidence
from moderation.text import HAN, fold

# Where a picture of the list was found again; there is no place in the text.
KNOWN_IMAGE = 0.99
# Of a script with spaces between its words: a Chinese or Japanese word begins anywhere.
LETTER = f"[^\\W_{HAN}\u3040-\u30ff]"


def listed_words(reading: Reading) -> Iterator[Evidence]:
    """Words that moderators added to the rule book's own, in every spelling that folds alike."""
    for word in reading.submission.words:
        for found in _pattern(word.text).finditer(reading.folded.text):
            yield Evidence(word.rule, word.score, *reading.folded.span(*found.span()), "listed")


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    plain = fold(word).text
    before = f"(?<!{LETTER})" if re.match(LETTER, plain[:1]) else ""
    after = f"(?!{LETTER})" if re.match(LETTER, plain[-1:]) else ""
    return re.compile(before + re.escape(plain) + after)


def known_images(reading: Reading) -> Iterator[Evidence]:
    """The rules of pictures that are the same as a listed one, to the eye."""
    for rule in reading.submission.known_images:
        yield Evidence(rule, KNOWN_IMAGE, 0, 0, "image")
