"""Cutting texts and reading questions: pure, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.search.pinyin import spellings
from feeds.search.terms import LONGEST, Query, read, tidy
from feeds.search.text import fold, lexemes
from feeds.search.vectors import TITLE, TRANSLATED, Part, vector, words_of
from feeds.search.vectors import read as read_parts

SMALL_WORDS = {"the", "in", "of", "to"}


def stem(words: Sequence[str]) -> dict[str, str]:
    """A stemmer good enough for here: no plural, and some words say nothing."""
    return {word: "" if word in SMALL_WORDS else word.rstrip("s") for word in words}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Café", "cafe"), ("ＣＡＦＥ", "cafe"), ("e\u0301", "e"), ("Straße", "strasse"),
        ("ﬁ", "fi"),
        ("咖啡館", "咖啡馆"), ("臺灣", "台湾"), ("頭髮", "头发"), ("乾杯", "干杯"),
        ("ｶﾌｪ", "カフェ"),
        ("a\u200bb", "ab"), ("\0", " "), ("\ud800", ""), ("Ёлка", "елка"), ("１２３", "123"),
    ],
)  # fmt: skip
def test_one_plain_spelling(written: str, plain: str) -> None:
    assert fold(written) == plain


def told(text: str) -> list[str]:
    return [lexeme for lexeme, _, _ in lexemes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("喝咖啡", ["喝咖", "咖啡", "啡"]),
        ("茶", ["茶"]),
        ("去Café吧", ["去", "cafe", "吧"]),
        ("West-Lake 2024", ["west", "lake", "2024"]),
        ("好🍁！", ["好", "🍁"]),
        ("カフェ", ["カフ", "フェ", "ェ"]),
        ("demo_mei", ["demo", "mei"]),
        ("…", []),
    ],
)
def test_scripts_without_spaces_become_pairs(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_pairs_across_two_words_are_known() -> None:
    across = {lexeme for lexeme, _, inside in lexemes("上海咖啡馆") if not inside}
    assert across == {"海咖", "馆"}


def parts_found(parts: Sequence[Part]) -> str:
    cut = read_parts(parts)
    return vector(cut, stem(sorted(words_of(cut))))


def test_what_something_is_written_down_as() -> None:
    parts = [Part("Teas of the 山", TITLE), Part("tea 和服务员"), Part("Hill", TRANSLATED)]
    written = (
        "'tea':1A,5B 'of':2A 'the':3A '山':4A '和服':6C '服务':7B '务员':8B '员':9C 'hill':10D"
    )
    assert parts_found(parts) == written


def test_a_name_is_found_by_its_sounds_and_by_its_letters() -> None:
    assert spellings("咖啡館") == ["kafeiguan", "kfg", "feiguan", "fg", "guan"]
    assert spellings("重庆 tea") == ["chongqing", "cq", "qing"]
    written = parts_found([Part("Trees 咖啡", TITLE, is_name=True)])
    assert written == "'tree':1A 'trees':1A '咖啡':2A '啡':3C 'kafei':3C 'kf':3C 'fei':3C"


@pytest.mark.parametrize(
    ("asked", "every"),
    [
        ("tea", "'tea'"),
        ("Teas in the morning", "'tea' & 'morning'"),
        ("the", "'the'"),
        ("咖啡馆", "'咖啡' & '啡馆'"),
        ("上海咖啡", "'上海' & '咖啡'"),
        ("哪里有好茶", "'好茶'"),
        ("我的茶", "'茶':*"),
        ("的", "'的':*"),
        ("拿铁", "'拿铁'"),
        ("tea tea", "'tea'"),
        ("茶 & !tea:*", "'茶':* & 'tea'"),
    ],
)
def test_what_is_asked_for(asked: str, every: str) -> None:
    assert Query.of(asked, stem).every() == every


def test_what_may_be_missing() -> None:
    assert Query.of("a", stem).most() == ""
    assert Query.of("a b", stem).most() == "('a') | ('b')"
    assert Query.of("a b c", stem).most() == "('a' & 'b') | ('a' & 'c') | ('b' & 'c')"
    five = Query.of("a b c d e", stem).most()
    assert (five.count("|"), five.count("&")) == (9, 20)


def test_what_is_not_written_to_its_end() -> None:
    assert Query.of("green te", stem).beginning() == "'green' & ('te' | 'te':*)"
    assert Query.of("绿茶", stem).beginning() == "'绿茶':*"
    assert Query.of("tea 茶", stem).every("ABC") == "'tea':ABC & '茶':*ABC"


def test_what_is_very_long_is_cut_between_words() -> None:
    assert len(tidy("x " * 5_000)) == LONGEST + 1
    assert [term.lexemes for term in read("word " * 39 + "final words")] == [("word",), ("final",)]
    assert tidy(" tea\n\0\ud800 cup ") == "tea cup"


@settings(max_examples=60, deadline=None)
@given(st.text("咖啡館馆茶🍁乾好的，上海 ", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_whatever_part_of_a_text_is_asked_for_is_held(text: str, start: int, end: int) -> None:
    written = set(told(text))
    for term in read(text[start:end]):
        for lexeme in term.lexemes:
            held = [found for found in written if found.startswith(lexeme)]
            assert held if term.begins else lexeme in written
