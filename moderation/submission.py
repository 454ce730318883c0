"""What the judge is given, and the evidence it finds in it."""

from dataclasses import dataclass

# What the name of a source begins with that is a classifier elsewhere.
OUTSIDE = "outside:"


@dataclass(frozen=True, slots=True)
class Listed:
    """A word that people listed at the desk, with what it is worth."""

    text: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a classifier elsewhere, called `by`, thinks of a whole text: a score of 0 to 1."""

    by: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Submission:
    """One text to judge, with what is known of its author.

    `text` is title, body and alternative texts joined by blank lines; `language` is what the
    author declared and may be wrong; `recent_texts` are the author's other submissions of the
    last 24 hours, newest first, at most 50. `words` and `known_images` (rules of listed pictures
    that were found again) come from the lists of the desk, `opinions` from classifiers elsewhere.
    """

    kind: str
    text: str
    language: str = ""
    author_age_days: float = 0.0
    author_published_count: int = 0
    author_restricted_count: int = 0
    recent_texts: tuple[str, ...] = ()
    words: tuple[Listed, ...] = ()
    known_images: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a rule may be broken: a score of 0 to 1 and the place in the original text."""

    rule: str
    score: float
    start: int
    end: int
    source: str
