"""Evidence about people who are not trusted yet: weak, it adds to others; limits bind alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moderation.reading import Reading
from moderation.shape import HANDLE, LINK, PHONE, load_alphabet
from moderation.submission import Evidence
from moderation.trust import limits, trust

RULE = "spam_scam"
WAYS_OUT = (LINK, PHONE, HANDLE, "app")
NEWCOMER, FAINT = 0.4, 0.3
# Limits the reach, and no more by itself.
TOO_MANY = 0.62
_MENTION = re.compile(r"(?<![a-z0-9_])@[a-z0-9_]{3,24}")


def newcomers(reading: Reading) -> Iterator[Evidence]:
    """Somebody new who leads readers elsewhere, or links and names more than their trust lets."""
    author = reading.submission
    trusted = trust(
        author.author_age_days, author.author_published_count, author.author_restricted_count
    )
    alphabet, symbols = load_alphabet(), reading.shape.symbols
    ways = [concept for concept in WAYS_OUT if alphabet.found(concept, symbols)]
    weight = NEWCOMER * (1 - trusted)
    if weight >= FAINT and (len(ways) >= 2 or HANDLE in ways):
        yield Evidence(RULE, round(weight, 3), 0, len(author.text), "newcomer")
    may = limits(trusted)
    links = sum(symbols.count(letter) for letter in alphabet.letters(LINK))
    if links > may.links or len(_MENTION.findall(reading.folded.text)) > may.mentions:
        yield Evidence(RULE, TOO_MANY, 0, len(author.text), "newcomer")
