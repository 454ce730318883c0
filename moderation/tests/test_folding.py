"""Folding and repairing, whatever the text: the same spelling, and a way back to every letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.evasion import repair
from moderation.policy import Outcome, Submission, judge
from moderation.text import Folded, fold, is_chinese, simplified

# Letters of many scripts with what people hide words behind.
ANYTHING = st.text(
    st.one_of(
        st.sampled_from("kKillK1!@$ .-_*#aeiou的了微信加漢與ｋé"),
        st.sampled_from("\u200b\u200d\ufeff\u0301\u0336кіӏ\ud800\n\t①ﷺ❤️👩"),
        st.characters(),
    ),
    max_size=60,
)
quickly = settings(max_examples=60, deadline=None, database=None)


class TestEveryText:
    """What holds for all that can be typed."""

    @quickly
    @given(ANYTHING)
    def test_every_folded_letter_has_a_place_in_the_original(self, text: str) -> None:
        for folded in (fold(text), repair(fold(text))):
            assert len(folded.text) == len(folded.starts) == len(folded.ends)
            assert list(folded.starts) == sorted(folded.starts)
            pairs = zip(folded.starts, folded.ends, strict=True)
            assert all(0 <= start < end <= len(text) for start, end in pairs)

    @quickly
    @given(ANYTHING)
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        once = fold(text).text
        assert fold(once).text == once

    @quickly
    @given(ANYTHING)
    def test_nothing_invisible_is_left(self, text: str) -> None:
        kinds = {unicodedata.category(letter) for letter in fold(text).text} - {"Cc"}
        assert not kinds & {"Cf", "Mn", "Cs"}

    @quickly
    @given(st.text("abcdefghij 的了红叶", max_size=40))
    def test_plain_text_is_left_as_it_is(self, text: str) -> None:
        folded = fold(text)
        assert folded.text == text
        assert list(folded.starts) == list(range(len(text)))

    @quickly
    @given(ANYTHING, st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]))
    def test_what_nobody_sees_changes_nothing(self, text: str, invisible: str) -> None:
        assert fold(invisible.join(text)).text == fold(text).text

    @quickly
    @given(st.text("abcdefgh klMNOP!?09", max_size=40))
    def test_full_width_is_the_same_text(self, text: str) -> None:
        wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)
        assert fold(wide).text == fold(text).text


class TestSpans:
    """From the folded text back to the original."""

    @pytest.mark.parametrize(
        ("edits", "text"),
        [
            ([], "abcdef"),
            ([(0, 0, "")], "abcdef"),
            ([(1, 3, "")], "adef"),
            ([(0, 6, "x")], "x"),
            ([(1, 2, "yy"), (4, 6, "z")], "ayycdz"),
            ([(0, 1, ""), (5, 6, "")], "bcde"),
        ],
    )
    def test_edits_are_made_from_left_to_right(
        self, edits: list[tuple[int, int, str]], text: str
    ) -> None:
        edited = fold("abcdef").edited(edits)
        assert edited.text == text
        assert len(edited.starts) == len(edited.ends) == len(text)

    def test_a_replacement_stands_for_all_that_it_replaced(self) -> None:
        edited = fold("abcdef").edited([(1, 4, "xy")])
        assert edited.text == "axyef"
        assert edited.span(1, 2) == edited.span(2, 3) == edited.span(1, 3) == (1, 4)
        assert edited.span(0, 5) == (0, 6)

    def test_edits_can_be_made_one_upon_the_other(self) -> None:
        edited = fold("a-b-c").edited([(1, 2, "")]).edited([(2, 3, "")])
        assert edited.text == "abc"
        assert edited.span(0, 3) == (0, 5)
        assert edited.span(1, 2) == (2, 3)

    @pytest.mark.parametrize("span", [(0, 0), (2, 2), (3, 1)])
    def test_an_empty_span_is_nowhere(self, span: tuple[int, int]) -> None:
        assert fold("abcdef").span(*span) == (0, 0)
        assert Folded("", [], []).span(0, 1) == (0, 0)


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("優惠活動", "优惠活动"),
        ("賺錢門路", "赚钱门路"),
        ("殺了你", "杀了你"),
        ("臺灣", "台湾"),
        ("鼠標與滑鼠", "鼠标与滑鼠"),
        ("hello 世界", "hello 世界"),
        ("", ""),
    ],
)
def test_traditional_letters_become_simplified_and_no_more(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain
    assert len(simplified(traditional)) == len(traditional)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("红叶", True), ("red leaf", False), ("去Starbucks喝咖啡", True), ("I ate 面 today", False),
     ("", False), ("123", False), ("こんにちは", False)],
)  # fmt: skip
def test_whether_a_text_is_chinese(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese


@pytest.mark.parametrize(
    ("foreign", "folded"),
    [
        ("привет мир", "привет мир"),
        ("Καλημέρα κόσμε", "καλημέρα κόσμε"),
        ("раssword", "password"),
        ("the оnly оne", "the only one"),
        ("ＫІＬＬ", "kill"),
    ],
)
def test_greek_and_russian_are_read_as_such_and_disguises_as_latin(
    foreign: str, folded: str
) -> None:
    assert fold(foreign).text == folded


# One harmful sentence for each rule that words alone can break, in both languages, with a part
# that is hidden in the ways that follow.
HARM = {
    "hate": (
        ("Immigrants are {} and should be wiped out.", "vermin"),
        ("外地人都是{}，就该被灭绝。", "蛆虫"),
    ),
    "violence_threat": (("I will {} you tonight.", "kill"), ("我今晚就{}你。", "杀了")),
    "self_harm": (("Just go and {} yourself.", "kill"), ("你去{}吧。", "自杀")),
}
WAYS_EN = {
    "zero width": "\u200b".join,
    "word joiners": "\u2060".join,
    "full width": lambda word: "".join(chr(ord(c) + 0xFEE0) for c in word),
    "capitals": str.upper,
    "struck through": lambda word: "".join(c + "\u0336" for c in word),
    "circled": lambda word: "".join(chr(0x24D0 + ord(c) - 97) for c in word),
    "mathematical": lambda word: "".join(chr(0x1D41A + ord(c) - 97) for c in word),
    "dotted": ".".join,
    "spaced": " ".join,
    "hyphens": "-".join,
    "digits": lambda word: word.replace("i", "1").replace("e", "3"),
    "russian letters": lambda word: word.replace("i", "і").replace("e", "е").replace("k", "к"),
    "stretched": lambda word: word.replace("i", "iiiii"),
}
WAYS_ZH = {
    "zero width": "\u200b".join,
    "word joiners": "\u2060".join,
    "spaced": lambda word: f" {' '.join(word)} ",
    "dotted": ".".join,
    "stars": "*".join,
    "bars": "|".join,
    "traditional": lambda word: word.replace("虫", "蟲").replace("杀", "殺"),
}


def plain_and_hidden(
    ways: Mapping[str, Callable[[Any], str]], at: int
) -> list[tuple[str, str, str, str]]:
    return [
        (rule, name, pair[at][0].format(pair[at][1]), pair[at][0].format(way(pair[at][1])))
        for rule, pair in HARM.items()
        for name, way in ways.items()
    ]


@pytest.mark.parametrize(
    ("rule", "way", "plain", "hidden"),
    [*plain_and_hidden(WAYS_EN, 0), *plain_and_hidden(WAYS_ZH, 1)],
)
def test_hiding_a_word_changes_nothing_in_either_language(
    rule: str, way: str, plain: str, hidden: str
) -> None:
    expected, found = judge(Submission("note", plain)), judge(Submission("note", hidden))
    assert expected.rule == rule
    assert (found.outcome, found.rule) == (expected.outcome, rule)


@pytest.mark.parametrize("rule", HARM)
def test_the_same_harm_has_the_same_rule_in_both_languages(rule: str) -> None:
    rulings = [judge(Submission("comment", text.format(word))) for text, word in HARM[rule]]
    assert [ruling.rule for ruling in rulings] == [rule, rule]
    assert [ruling.language for ruling in rulings] == ["en", "zh"]
    assert all(ruling.outcome.severity >= Outcome.LIMIT.severity for ruling in rulings)
