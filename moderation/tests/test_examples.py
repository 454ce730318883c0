"""What the model learns from: pairs written by hand, everyday texts, and a grammar of twins."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from moderation.language import detect
from moderation.rulebook import RULE_IDS
from moderation.text import fold
from moderation.training import grammar
from moderation.training.disguises import CHINESE, ENGLISH, disguised
from moderation.training.examples import Example, everyday_texts, written_pairs
from moderation.training.measuring import Counts

NOTHING = float("nan")  # of nothing there is no share
LEARNT = list(written_pairs(kept_back=False))
KEPT = list(written_pairs(kept_back=True))
FUNCTIONS = {
    "negation", "quotation", "counter_speech", "reclaimed", "figurative", "report", "threat",
    "euphemism",
}  # fmt: skip


def pairs(examples: list[Example]) -> list[tuple[Example, Example]]:
    return list(zip(examples[::2], examples[1::2], strict=True))


class TestPairs:
    """One thought, said in both languages."""

    def test_there_are_enough_of_both_kinds(self) -> None:
        harmful = [pair for pair in pairs(LEARNT + KEPT) if pair[0].rules]
        harmless = [pair for pair in pairs(LEARNT + KEPT) if not pair[0].rules]
        assert len(harmful) >= 400
        assert len(harmless) >= 400

    def test_about_a_third_is_kept_back_and_never_learnt(self) -> None:
        assert 0.28 < len(KEPT) / len(LEARNT + KEPT) < 0.39
        learnt = {example.text for example in LEARNT}
        assert [e.text for e in KEPT if e.text in learnt] == []

    def test_what_is_kept_back_is_not_learnt_by_another_way(self) -> None:
        others = {e.text for e in [*everyday_texts(), *grammar.sentences(4)]}
        assert [e.text for e in KEPT if e.text in others] == []

    def test_both_halves_of_a_pair_break_the_same_rules(self) -> None:
        for english, chinese in pairs(LEARNT + KEPT):
            assert (english.language, chinese.language) == ("en", "zh")
            assert english.rules == chinese.rules
            assert english.source == chinese.source

    def test_every_rule_has_harm_and_harmless_twins(self) -> None:
        broken = Counter(rule for english, _ in pairs(LEARNT + KEPT) for rule in english.rules)
        assert set(broken) == set(RULE_IDS)
        assert min(broken.values()) >= 20

    def test_every_function_is_there(self) -> None:
        functions = {e.source.removeprefix("pairs: ") for e in LEARNT + KEPT}
        assert functions >= FUNCTIONS

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_text_is_in_the_language_it_says(self, language: str) -> None:
        mine = [e for e in LEARNT + KEPT if e.language == language]
        wrong = [e.text for e in mine if detect(e.text) not in (language, "")]
        assert len(wrong) <= len(mine) / 100, wrong

    def test_nothing_is_written_twice(self) -> None:
        counts = Counter(fold(e.text).text for e in LEARNT + KEPT)
        assert [text for text, count in counts.items() if count > 1] == []


class TestEverydayTexts:
    """What people write all day is harmless."""

    def test_it_is_in_both_languages_and_breaks_no_rule(self) -> None:
        texts = list(everyday_texts())
        by_language = Counter(e.language for e in texts)
        assert set(by_language) == {"en", "zh"}
        assert min(by_language.values()) > 1_000
        assert not any(e.rules for e in texts)

    def test_no_line_is_empty(self) -> None:
        assert all(e.text.strip() for e in everyday_texts())


class TestGrammar:
    """Templates filled with the words of the lexicon."""

    def test_the_same_seed_says_the_same_and_another_something_else(self) -> None:
        first, again, other = ([e.text for e in grammar.sentences(2, seed)] for seed in (5, 5, 6))
        assert first == again
        assert first != other

    def test_more_fillings_say_more(self) -> None:
        sizes = [len(list(grammar.sentences(count))) for count in (1, 3, 9)]
        assert all(few < many for few, many in pairwise(sizes))

    def test_a_sentence_breaks_one_rule_or_none(self) -> None:
        for example in grammar.sentences(1):
            assert len(example.rules) <= 1
            assert set(example.rules) <= set(RULE_IDS)
            if example.rules:
                assert example.source == f"grammar: {example.rules[0]}"

    @pytest.mark.parametrize("text", ["is it?", "stop!", "好。", "好？", "“好”", 'he said "no"'])
    def test_what_has_an_end_gets_no_other(self, text: str) -> None:
        ends = {grammar._dressed(text, random.Random(seed))[-1] for seed in range(20)}
        assert ends == {text[-1]}

    @pytest.mark.parametrize(
        ("word", "forms"),
        [("leaf|leaves", ["leafleaves"]), ("dog|s", ["dogs"]), ("红叶", ["红叶"])],
    )
    def test_a_word_for_a_group_is_said_in_the_plural(self, word: str, forms: list[str]) -> None:
        assert list(grammar._forms(word)) == forms

    def test_no_sentence_has_an_open_place(self) -> None:
        assert [e.text for e in grammar.sentences(1) if re.search(r"[{}]", e.text)] == []


class TestDisguises:
    """Ways to hide a word: each changes the spelling and not the length of what is said."""

    @pytest.mark.parametrize(("language", "name"), [("en", n) for n in sorted(ENGLISH)]
                             + [("zh", n) for n in sorted(CHINESE)])  # fmt: skip
    def test_the_same_text_is_hidden_the_same_way(self, language: str, name: str) -> None:
        text = {"en": "They are vermin.", "zh": "他们是蛆虫。"}[language]
        way = (ENGLISH if language == "en" else CHINESE)[name]
        hidden = disguised(text, language, way)
        assert hidden == disguised(text, language, way)
        assert hidden != text


@pytest.mark.parametrize(
    ("said", "precision", "recall"),
    [
        ([(True, True)], 1.0, 1.0),
        ([(True, False)], NOTHING, 0.0),
        ([(False, True)], 0.0, NOTHING),
        ([(True, True), (False, True)], 0.5, 1.0),
        ([(True, True), (True, False), (True, False)], 1.0, 1 / 3),
        ([(False, False)], NOTHING, NOTHING),
    ],
)
def test_precision_and_recall_by_hand(
    said: list[tuple[bool, bool]], precision: float, recall: float
) -> None:
    counts = Counts.of(said)
    found = [counts.precision, counts.recall]
    assert found == pytest.approx([precision, recall], nan_ok=True)


@pytest.mark.parametrize(
    ("said", "f1", "macro", "false_alarms"),
    [
        ([(True, True), (False, False)], 1.0, 1.0, 0.0),
        ([(True, True), (False, True)], 2 / 3, 1 / 3, 1.0),
        (
            [(True, True), (True, False), (False, False), (False, False)],
            2 / 3,
            (2 / 3 + 0.8) / 2,
            0,
        ),
        ([(False, True), (False, False), (False, False), (False, False)], 0.0, 3 / 7, 0.25),
    ],
)
def test_f1_and_false_alarms_by_hand(
    said: list[tuple[bool, bool]], f1: float, macro: float, false_alarms: float
) -> None:
    counts = Counts.of(said)
    found = [counts.f1, counts.macro_f1, counts.false_positive_rate]
    assert found == pytest.approx([f1, macro, false_alarms])
