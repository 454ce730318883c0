"""How words stand: symbols of a text, scopes of a finding, and pieces that the desk marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.marking import Part, Piece, marked
from moderation.policy import Outcome, Submission, judge
from moderation.reading import read
from moderation.shape import ASK, COMMA, LINK, NUMBER, STOP, WORD, load_alphabet, shape_of
from moderation.text import fold

quickly = settings(max_examples=60, deadline=None, database=None)
ANYTHING = st.text(
    st.one_of(st.sampled_from("kill you 你去死吧。!?,.:/@#wx0123"), st.characters()), max_size=80
)


def kinds(text: str) -> str:
    """The symbols of a text, concepts as letters: L a link, P a phone, H a handle, M a mention."""
    alphabet = load_alphabet()
    names = {"link": "L", "phone": "P", "handle": "H", "mention": "M"}
    short = {alphabet.letters(name): letter for name, letter in names.items()}
    return "".join(short.get(symbol, symbol) for symbol in shape_of(fold(text).text).symbols)


class TestSymbols:
    """A text becomes a string with a letter for whatever matters."""

    @pytest.mark.parametrize(
        ("text", "symbols"),
        [
            ("", ""),
            ("zyx qwv", WORD * 2),
            ("zyx, qwv.", WORD + COMMA + WORD + STOP),
            ("zyx? qwv", WORD + ASK + WORD),
            ("zyx?!", WORD + ASK),
            ("zyx... qwv", WORD + STOP + WORD),
            ("12.5%", NUMBER),
            ("$1,000", NUMBER),
            ("https://example.org/a?b=c", "L"),
            ("www.example.org", "L"),
            ("zyxqwv.com", "L"),
            ("tea@shop.example", "L"),
            ("@qwv_zyx", "M"),
            ("+86 138 0000 1111", "P"),
            ("微信号: qwvzyx123", "H"),
            ("vx:qwvzyx123", "H"),
            ("qq 123456789", "H"),
            ("3.14", NUMBER),
            ("2026-11-29", NUMBER * 3),
        ],
    )
    def test_by_hand(self, text: str, symbols: str) -> None:
        assert kinds(text) == symbols

    def test_two_unlisted_chinese_characters_weigh_as_a_word(self) -> None:
        assert kinds("鹳鹭") == WORD
        assert kinds("鹳鹭鸶鸬鹚") == WORD * 3

    @quickly
    @given(ANYTHING)
    def test_symbols_stand_in_order_for_parts_of_the_text(self, text: str) -> None:
        folded = fold(text).text
        shape = shape_of(folded)
        assert len(shape.symbols) == len(shape.spans)
        assert all(0 <= start < end <= len(folded) for start, end in shape.spans)
        assert [start for start, _ in shape.spans] == sorted(start for start, _ in shape.spans)

    @pytest.mark.parametrize("address", ["https://a.example/x", "b.example.com", "c@d.example"])
    def test_an_address_is_one_symbol_whatever_it_holds(self, address: str) -> None:
        shape = shape_of(f"zyx {address} qwv")
        assert len(shape.symbols) == 3
        assert shape.symbols[1] in load_alphabet().letters(LINK)


def scopes(text: str, words: str) -> set[str]:
    """The scopes that hold for some words of a text."""
    reading = read(Submission("note", text))
    start = reading.folded.text.index(words)
    end = start + len(words)
    inside = [n for n, (a, b) in enumerate(reading.shape.spans) if a < end and b > start]
    return set(reading.stand.scopes(inside[0], inside[-1] + 1))


# (scope, an English and a Chinese sentence in which the words in braces stand in it)
STANDS = [
    ("negated", "they are not {vermin}", "他们不是{蛆虫}"),
    ("negated", "nobody is {vermin}, never", "他们从来不是{蛆虫}"),
    (
        "quoted",
        'someone wrote "they are {vermin}" here',
        "有人写“他们是{蛆虫}”，我删了",
    ),
    ("asked", "are they {vermin}?", "他们是{蛆虫}吗?"),
]
PLAIN = ("they are {vermin}", "他们是{蛆虫}")


@pytest.mark.parametrize(("scope", "english", "chinese"), STANDS)
def test_a_scope_holds_in_both_languages(scope: str, english: str, chinese: str) -> None:
    for text in (english, chinese):
        words = re.findall(r"\{(.*?)\}", text)[0]
        assert scope in scopes(re.sub("[{}]", "", text), words)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("scope", ["negated", "quoted", "asked", "countered", "reported"])
def test_what_is_plainly_said_stands_in_no_scope(scope: str, text: str) -> None:
    assert scope not in scopes(re.sub("[{}]", "", text), re.findall(r"\{(.*?)\}", text)[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("that is not true. they are vermin", "vermin"),
        ("is it so? they are vermin", "vermin"),
        ("这不是真的。他们是蛆虫", "蛆虫"),
    ],
)
def test_a_scope_ends_with_its_sentence(text: str, words: str) -> None:
    assert not {"negated", "asked"} & scopes(text, words)


@pytest.mark.parametrize("marks", ['""', "“”", "「」", "『』"])
def test_quotation_marks_of_every_kind_quote(marks: str) -> None:
    assert "quoted" in scopes(f"他说过{marks[0]}他们是蛆虫{marks[1]}这样的话", "蛆虫")


def test_a_quotation_that_is_the_whole_text_quotes_nobody() -> None:
    assert "quoted" not in scopes('"they are vermin"', "vermin")


@pytest.mark.parametrize(
    ("said", "softened"),
    [
        ("I will kill you tonight.", "He said: \"I will kill you tonight.\" I called the police."),
        ("我今晚就杀了你。", "有个人对我说：“我今晚就杀了你。”我报警了。"),
        ("Immigrants are vermin.", "Immigrants are not vermin."),
        ("外地人都是蛆虫。", "外地人不是蛆虫。"),
    ],
)  # fmt: skip
def test_what_is_told_against_harm_is_not_taken_for_harm(said: str, softened: str) -> None:
    harm, told = judge(Submission("note", said)), judge(Submission("note", softened))
    assert harm.outcome.severity >= Outcome.LIMIT.severity
    assert told.outcome.severity < harm.outcome.severity
    assert told.outcome is not Outcome.REMOVE


class TestMarking:
    """What the desk shows: every letter of the text once, with the rules that name it."""

    @quickly
    @given(
        ANYTHING,
        st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.sampled_from("abc"))),
    )
    def test_the_pieces_together_are_the_text(
        self, text: str, spans: list[tuple[int, int, str]]
    ) -> None:
        parts = marked(text, spans)
        shown = "\n\n".join("".join(piece.text for piece in part.pieces) for part in parts)
        assert shown == text

    @pytest.mark.parametrize(
        ("spans", "pieces"),
        [
            ([], [("a walk by the lake at dawn", ())]),
            ([(2, 6, "x")], [("a ", ()), ("walk", ("x",)), (" by the lake at dawn", ())]),
            (
                [(2, 6, "x"), (4, 9, "y")],
                [("a ", ()), ("wa", ("x",)), ("lk", ("x", "y")), (" by", ("y",)),
                 (" the lake at dawn", ())],
            ),
            ([(0, 26, "x")], [("a walk by the lake at dawn", ())]),  # the whole text: no mark
            ([(5, 5, "x"), (9, 3, "y")], [("a walk by the lake at dawn", ())]),
            ([(2, 6, "x"), (2, 6, "x")], [("a ", ()), ("walk", ("x",)),
                                          (" by the lake at dawn", ())]),
        ],
    )  # fmt: skip
    def test_by_hand(
        self, spans: list[tuple[int, int, str]], pieces: list[tuple[str, tuple[str, ...]]]
    ) -> None:
        (part,) = marked("a walk by the lake at dawn", spans)
        assert part == Part("en", tuple(Piece(text, rules) for text, rules in pieces))

    def test_paragraphs_of_another_language_stand_apart(self) -> None:
        text = (
            "The lake is still this morning.\n\n今天早上湖面很静。\n\n12345\n\nAnd so are we today."
        )
        parts = marked(text, [(33, 35, "x")])
        assert [part.language for part in parts] == ["en", "zh", "en"]
        assert [piece.rules for piece in parts[1].pieces][:2] == [("x",), ()]
        assert parts[1].pieces[-1].text.endswith("12345")  # unsure: with what stands before it

    def test_of_a_short_text_all_may_be_marked(self) -> None:
        (part,) = marked("you fool", [(0, 8, "x")])
        assert part.pieces == (Piece("you fool", ("x",)),)
