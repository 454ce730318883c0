"""How well texts are judged: per rule and language, and between the languages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moderation import classifier
from moderation.policy import Outcome, Ruling, Submission, judge
from moderation.rulebook import RULE_IDS
from moderation.training.examples import Example

LANGUAGES = ("en", "zh")
# Reviews and posts of everyday life: whatever is found in them is found in error.
EVERYDAY = frozenset(["hotel_zh", "shopping_zh", "waimai", "weibo_smp2020", "tweet_emoji"])

Judged = Sequence[tuple[Example, Ruling]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong answers to one question."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    passes: int = 0

    @classmethod
    def of(cls, answers: Iterable[tuple[bool, bool]]) -> "Counts":
        """Count pairs of (is so, was found)."""
        seen = list(answers)
        return cls(*(seen.count(pair) for pair in _CELLS))

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.misses)

    @property
    def false_positive_rate(self) -> float:
        return _share(self.false_alarms, self.false_alarms + self.passes)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of both answers."""
        other = _share(2 * self.passes, 2 * self.passes + self.false_alarms + self.misses)
        return (self.f1 + other) / 2


_CELLS = ((True, True), (False, True), (True, False), (False, False))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def judged(examples: Iterable[Example]) -> list[tuple[Example, Ruling]]:
    """Every example as the policy judges it, of an author who is no newcomer."""
    return [(e, judge(Submission("note", e.text, e.language, 365.0, 100))) for e in examples]


def is_firm(example: Example) -> bool:
    """Labelled by people, and not of a rule that needs knowledge of the world."""
    return not example.weak and "misinformation" not in example.rules


def is_permissive(example: Example) -> bool:
    return example.tier == "permissive" and not example.weak


def is_everyday(example: Example) -> bool:
    return example.source in EVERYDAY


def harm(rows: Judged, language: str, of: Callable[[Example], bool] = lambda _: True) -> Counts:
    """Harmful or not, whatever the rule."""
    return Counts.of(
        (bool(e.rules), r.outcome is not Outcome.PUBLISH)
        for e, r in rows
        if e.language == language and of(e)
    )


def by_rule(rows: Judged, rule: str, language: str) -> Counts:
    """One rule against everything else in a language."""
    return Counts.of(
        (rule in e.rules, r.outcome is not Outcome.PUBLISH and r.rule == rule)
        for e, r in rows
        if e.language == language
    )


def report(model: Path, dev: Sequence[Example]) -> Iterator[str]:
    """The lines of a table of every rule and both languages, judged with the model of this file."""
    classifier.use(model)
    rows = judged(dev)
    yield f"{'rule':16} lang  texts  precision recall    f1  false positives"
    for rule in RULE_IDS:
        for language in LANGUAGES:
            yield _line(rule, language, by_rule(rows, rule, language))
    for language in LANGUAGES:
        for name, of in (("firm", is_firm), ("permissive", is_permissive)):
            counts = harm(rows, language, of)
            yield f"{_line(f'any, {name}', language, counts)}  macro-F1 {counts.macro_f1:.3f}"
        everyday = harm(rows, language, is_everyday).false_positive_rate
        yield f"{'everyday':16} {language}    false positives {everyday:.2%}"


def _line(name: str, language: str, counts: Counts) -> str:
    return (
        f"{name:16} {language}  {counts.hits + counts.misses:6}  {counts.precision:9.3f}"
        f" {counts.recall:6.3f} {counts.f1:5.3f}  {counts.false_positive_rate:.4f}"
    )
