"""The judge: from one submission to one ruling, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import prod

from moderation import classifier
from moderation.language import detect
from moderation.reading import read
from moderation.signals import signals
from moderation.submission import OUTSIDE, Evidence, Submission
from moderation.thresholds import load_thresholds

MOST_EVIDENCE = 30
READERS = frozenset(["pattern", "model"])
__all__ = ["Evidence", "Outcome", "Ruling", "Submission", "judge"]


class Outcome(StrEnum):
    """What happens to a text, from the mildest to the hardest."""

    PUBLISH = "publish"
    WARN = "warn"
    LIMIT = "limit"
    HOLD = "hold"
    REMOVE = "remove"

    @property
    def severity(self) -> int:
        return list(Outcome).index(self)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the judge decided, by which rule ("" when published clean), and why."""

    outcome: Outcome
    rule: str
    tension: float
    language: str
    evidence: tuple[Evidence, ...]
    version: str
    scores: Mapping[str, float] = field(default_factory=dict)


def prepare() -> None:
    """Read the files that most texts need, so that the first one does not wait for them."""
    for text in ("The maple leaves are red.", "枫叶红了。"):
        judge(Submission("note", text))


def judge(submission: Submission) -> Ruling:
    """Read a submission, weigh the evidence, and choose the hardest outcome it supports."""
    evidence = signals(read(submission))
    scores = _scores(evidence)
    ours = _scores([item for item in evidence if not item.source.startswith(OUTSIDE)])
    outcome, _, rule = max(
        (
            (_outcome(rule, score, ours.get(rule, 0.0)), score, rule)
            for rule, score in scores.items()
        ),
        key=lambda ruling: (ruling[0].severity, ruling[1]),
        default=(Outcome.PUBLISH, 0.0, ""),
    )
    return Ruling(
        outcome=outcome,
        rule=rule if outcome is not Outcome.PUBLISH else "",
        tension=_tension(scores),
        language=detect(submission.text) or submission.language,
        evidence=tuple(evidence[:MOST_EVIDENCE]),
        version=f"{load_thresholds().version}+{classifier.version()}",
        scores=scores,
    )


def _scores(evidence: list[Evidence]) -> dict[str, float]:
    """One score per rule: the best of each source, joined as independent chances.

    Patterns and the model read the same words, so the two together are one source, and so are all
    classifiers elsewhere. Rounded, so that what stands on a threshold reaches it.
    """
    best: dict[str, dict[str, float]] = {}
    for item in evidence:
        sources = best.setdefault(item.rule, {})
        source = _reader(item.source)
        sources[source] = max(item.score, sources.get(source, 0.0))
    return {
        rule: round(1 - prod(1 - score for score in sources.values()), 6)
        for rule, sources in best.items()
    }


def _reader(source: str) -> str:
    if source in READERS:
        return "text"
    return OUTSIDE if source.startswith(OUTSIDE) else source


def _outcome(rule: str, score: float, ours: float) -> Outcome:
    """What a score asks for; nothing is removed that our own evidence would not remove."""
    outcome = _reached(rule, score)
    if outcome is Outcome.REMOVE:
        return max(_reached(rule, ours), Outcome.HOLD, key=lambda outcome: outcome.severity)
    return outcome


def _reached(rule: str, score: float) -> Outcome:
    reached = [Outcome(name) for name, least in _ladder(rule).items() if score >= least]
    return max(reached, key=lambda outcome: outcome.severity, default=Outcome.PUBLISH)


def _ladder(rule: str) -> dict[str, float]:
    return load_thresholds().outcomes[rule]


def _tension(scores: dict[str, float]) -> float:
    heat = load_thresholds().heat
    return round(max((heat.get(r, 0.0) * s for r, s in scores.items()), default=0.0), 3)
