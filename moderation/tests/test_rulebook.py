"""The rule book: complete in both languages, and true to what the judge does."""

import pytest

from moderation.policy import Outcome, Submission, judge
from moderation.rulebook import LANGUAGES, RULE_IDS, Rule, load_rulebook, localised
from moderation.thresholds import load_thresholds

RULES = load_rulebook().rules
EXAMPLES = [
    pytest.param(rule, text, id=f"{rule.id}-{language}-{number}")
    for rule in RULES
    for language in LANGUAGES
    for number, text in enumerate(rule.not_fine[language])
]


def test_there_are_nine_rules_in_their_order() -> None:
    assert tuple(rule.id for rule in RULES) == RULE_IDS
    assert [rule.order for rule in RULES] == list(range(1, 10))


def test_a_rule_is_found_by_its_id_and_no_other() -> None:
    assert load_rulebook().rule("hate") == RULES[0]
    with pytest.raises(KeyError):
        load_rulebook().rule("rudeness")


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_a_rule_says_everything_in_both_languages(rule: Rule) -> None:
    for texts in (rule.title, rule.principle, rule.why, rule.outcomes, rule.appeal):
        assert list(texts) == ["en", "zh"]
        assert all(texts.values())
        assert texts["en"].isascii()
        assert not texts["zh"].isascii()
    for examples in (rule.fine, rule.not_fine):
        assert len(examples["en"]) == len(examples["zh"]) >= 2


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "No threats and no calls for violence"),
        ("fr", "No threats and no calls for violence"),
        ("", "No threats and no calls for violence"),
        ("zh", "不威胁，不号召暴力"),
        ("zh-hans", "不威胁，不号召暴力"),
        ("zh-TW", "不威胁，不号召暴力"),
    ],
)
def test_readers_of_chinese_read_chinese_and_all_others_english(language: str, title: str) -> None:
    assert localised(load_rulebook().rule("violence_threat").title, language) == title


@pytest.mark.parametrize("text", [t for r in RULES for ts in r.fine.values() for t in ts])
def test_what_the_book_calls_fine_is_published(text: str) -> None:
    ruling = judge(Submission("note", text))
    assert (ruling.outcome, ruling.rule) == (Outcome.PUBLISH, "")


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_what_the_book_calls_not_fine_is_stopped_by_that_rule(rule: Rule, text: str) -> None:
    ruling = judge(Submission("note", text))
    if rule.id == "antagonism":
        assert ruling.tension >= 0.5
        assert ruling.outcome.severity <= Outcome.LIMIT.severity
    else:
        assert ruling.rule == rule.id
        assert ruling.outcome.severity >= Outcome.LIMIT.severity


def test_every_rule_has_its_thresholds_and_antagonism_can_only_limit() -> None:
    assert tuple(load_thresholds().outcomes) == RULE_IDS
    assert load_thresholds().outcomes["antagonism"].keys() == {"limit"}
