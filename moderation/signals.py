"""The sources of evidence: each reads a submission and names the rules it may break."""

from collections.abc import Callable, Iterator

from moderation.classifier import classified
from moderation.features import telling_symbols
from moderation.links import links
from moderation.listed import known_images, listed_words
from moderation.newcomers import newcomers
from moderation.patterns import possible_patterns
from moderation.reading import Reading
from moderation.repetition import repetition
from moderation.submission import OUTSIDE, Evidence
from moderation.thresholds import load_thresholds

ANSWERABLE = frozenset(["hate", "harassment", "antagonism"])
FAINT = 0.3  # weaker evidence is noise to whoever reads the ruling

Source = Callable[[Reading], Iterator[Evidence]]


def text(reading: Reading) -> Iterator[Evidence]:
    """What patterns find and what the model thinks.

    Patterns that are sure enough for an outcome know better which rule it is; and what they take
    for a quarrel between camps harasses nobody.
    """
    found, table = list(patterns(reading)), load_thresholds()
    yield from found
    sure = {e.rule for e in found if e.score >= table.least(e.rule)}
    beside = ANSWERABLE if not found and is_answer(reading) else frozenset()
    for e in classified(reading):
        if e.rule not in beside and (not sure or e.rule in sure) and not is_quarrel(e, found):
            yield e


def is_quarrel(attack: Evidence, found: list[Evidence]) -> bool:
    """Whether what looks like harassment is a quarrel of camps by the patterns there."""
    if attack.rule != "harassment" or any(e.rule == "harassment" for e in found):
        return False
    camps = (e for e in found if e.rule == "antagonism")
    return any(e.start < attack.end and attack.start < e.end for e in camps)


def is_answer(reading: Reading) -> bool:
    """Whether some words blame hatred, and nothing telling stands outside them and quotations."""
    telling, stand = telling_symbols(), reading.stand
    return bool(stand.answers) and all(
        stand.is_answered(at, at + 1) or "quoted" in stand.scopes(at, at + 1)
        for at, symbol in enumerate(reading.shape.symbols)
        if symbol in telling
    )


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


def opinions(reading: Reading) -> Iterator[Evidence]:
    """What classifiers elsewhere said; it is about the text as a whole."""
    for opinion in reading.submission.opinions:
        if opinion.score >= FAINT:
            whole = (0, len(reading.submission.text))
            yield Evidence(opinion.rule, opinion.score, *whole, OUTSIDE + opinion.by)


SOURCES: tuple[Source, ...] = (
    text, links, repetition, newcomers, listed_words, known_images, opinions,
)  # fmt: skip


def signals(reading: Reading) -> list[Evidence]:
    """All evidence of all sources, strongest first."""
    found = {evidence for source in SOURCES for evidence in source(reading)}
    return sorted(found, key=lambda e: (-e.score, e.rule, e.start, e.end))
