"""Near-copies of what the same author sent within a day."""

import re
from collections.abc import Iterator

from moderation.reading import Reading
from moderation.submission import Evidence
from moderation.text import fold

RULE = "spam_scam"
COMPARED = 1_000  # characters of each text
SHINGLE = 4
SAME = 0.8  # of all shingles
SHORT = 14  # a thank-you may be said often
SCORES = {2: 0.62, 3: 0.66, 4: 0.78}  # by how many earlier texts it repeats; more weigh as 4
_FILLING = re.compile(r"[\W\d_]+")


def repetition(reading: Reading) -> Iterator[Evidence]:
    """Evidence when at least two earlier texts of the day say nearly the same."""
    if not reading.submission.recent_texts:
        return
    text = _bare(reading.folded.text)
    if len(text) < SHORT:
        return
    mine = _shingles(text)
    copies = sum(
        _alike(mine, _bare(fold(recent[:COMPARED]).text))
        for recent in reading.submission.recent_texts[:50]
    )
    if copies >= min(SCORES):
        score = SCORES[min(copies, max(SCORES))]
        yield Evidence(RULE, score, 0, len(reading.submission.text), "repetition")


def _bare(text: str) -> str:
    return _FILLING.sub("", text[:COMPARED])


def _shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1))}


def _alike(mine: set[str], other: str) -> bool:
    theirs = _shingles(other)
    shared = len(mine & theirs)
    return shared >= SAME * (len(mine) + len(theirs) - shared)
