"""The sources of evidence: each reads a submission and names the rules it may break."""

from collections.abc import Callable, Iterator

from moderation.classifier import classified
from moderation.links import links
from moderation.patterns import possible_patterns
from moderation.reading import Reading
from moderation.repetition import repetition
from moderation.shape import HANDLE, LINK, PHONE, load_alphabet
from moderation.submission import Evidence
from moderation.thresholds import load_thresholds

FAINT = 0.3  # weaker evidence is noise to whoever reads the ruling
WAYS_OUT = (LINK, PHONE, HANDLE, "app")
NEW_DAYS, NEW_COUNT, NEWCOMER = 2.0, 3, 0.4

Source = Callable[[Reading], Iterator[Evidence]]


def text(reading: Reading) -> Iterator[Evidence]:
    """What patterns find and what the model thinks.

    Patterns know better which rule it is.
    """
    found = list(patterns(reading))
    yield from found
    named = {evidence.rule for evidence in found}
    yield from (e for e in classified(reading) if not named or e.rule in named)


def patterns(reading: Reading) -> Iterator[Evidence]:
    """Sequences and gatherings of concepts, weakened by how they stand in their sentence."""
    for pattern in possible_patterns(reading.shape.symbols):
        factors = load_thresholds().scopes[pattern.rule]
        for start, end in pattern.spans(reading.shape):
            score = pattern.score
            for scope in reading.stand.scopes(start, end):
                if scope not in pattern.keep:
                    score *= factors.get(scope, 1.0)
            if score >= FAINT:
                place = reading.folded.span(*reading.shape.span(start, end))
                yield Evidence(pattern.rule, round(score, 3), *place, "pattern")


def newcomers(reading: Reading) -> Iterator[Evidence]:
    """A first note of a new account that leads readers elsewhere; weak, it only adds."""
    author = reading.submission
    if author.author_age_days >= NEW_DAYS or author.author_published_count >= NEW_COUNT:
        return
    alphabet, shape = load_alphabet(), reading.shape
    ways = [concept for concept in WAYS_OUT if alphabet.found(concept, shape.symbols)]
    if len(ways) >= 2 or HANDLE in ways:
        yield Evidence("spam_scam", NEWCOMER, 0, len(author.text), "newcomer")


SOURCES: tuple[Source, ...] = (text, links, repetition, newcomers)


def signals(reading: Reading) -> list[Evidence]:
    """All evidence of all sources, strongest first."""
    found = {evidence for source in SOURCES for evidence in source(reading)}
    return sorted(found, key=lambda e: (-e.score, e.rule, e.start, e.end))
