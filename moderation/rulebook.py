"""The public rule book: nine rules in both languages, read by users, moderators and tests."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from moderation.lexicon import RULES
from moderation.traditional import T, written

RULE_IDS = (
    "hate",
    "harassment",
    "violence_threat",
    "sexual",
    "self_harm",
    "illegal_goods",
    "spam_scam",
    "misinformation",
    "antagonism",
)
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; every text is a mapping from "en" and "zh"."""

    id: str
    order: int
    title: dict[str, str]
    principle: dict[str, str]
    why: dict[str, str]
    fine: dict[str, tuple[str, ...]]
    not_fine: dict[str, tuple[str, ...]]
    outcomes: dict[str, str]
    appeal: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in the order in which they are read."""

    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@cache
def load_rulebook() -> Rulebook:
    """The book of rules/book, one file per rule."""
    return Rulebook(tuple(_rule(rule_id, order) for order, rule_id in enumerate(RULE_IDS, 1)))


def localised(texts: Mapping[str, T], language: str) -> T:
    """The Chinese text for any kind of Chinese, in its characters, else the English one."""
    text = texts["zh" if language.lower().startswith("zh") else "en"]
    return written(text, language)


def _rule(rule_id: str, order: int) -> Rule:
    path = RULES / "book" / f"{rule_id}.toml"
    book = tomllib.loads(path.read_text(encoding="utf-8"))
    return Rule(
        id=rule_id,
        order=order,
        title=_both(book, "title"),
        principle=_both(book, "principle"),
        why=_both(book, "why"),
        fine=_lists(book, "fine"),
        not_fine=_lists(book, "not_fine"),
        outcomes=_both(book, "outcomes"),
        appeal=_both(book, "appeal"),
    )


def _both(book: dict[str, Any], name: str) -> dict[str, str]:
    return {language: book[language][name].strip() for language in LANGUAGES}


def _lists(book: dict[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    return {language: tuple(book[language][name]) for language in LANGUAGES}
