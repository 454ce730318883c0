"""Topics, mentions and cleaning, in both languages."""

import pytest

from accounts.words import clean, has_forbidden
from notes.parsing import find_mentions, find_topics, fold_topic, split_links


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Autumn in #Hangzhou and #autumn", ["Hangzhou", "autumn"]),
        ("#秋天 的西湖＃杭州", ["秋天", "杭州"]),
        ("#Autumn #AUTUMN #ａｕｔｕｍｎ", ["Autumn"]),
        ("我爱#秋天# 和#红叶#", ["秋天", "红叶"]),
        ("https://example.org/#part and a&#39;b", []),
        ("C# and F#", []),
        ("#1 #2024 #3d", ["3d"]),
        ("no topics here", []),
        ("# heading", []),
        ("#slow-life, #cat_tax!", ["slow-life", "cat_tax"]),
        ("", []),
    ],
)
def test_topics_are_found_where_a_reader_sees_them(text: str, topics: list[str]) -> None:
    assert find_topics(text) == topics


def test_topics_named_apart_come_last_and_only_once() -> None:
    assert find_topics("#Tea", ["tea", "#红茶", "  ", "#"]) == ["Tea", "红茶"]


def test_a_note_has_ten_topics_at_most() -> None:
    assert find_topics(" ".join(f"#t{n}x" for n in range(15))) == [f"t{n}x" for n in range(10)]


def test_a_topic_has_one_name_in_every_case_and_width() -> None:
    assert {fold_topic(name) for name in ("Tea", "#TEA", "ｔｅａ ")} == {"tea"}


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Thanks @mei and @Ann!", ["mei", "ann"]),
        ("谢谢@mei的照片，＠ann 也看看", ["mei", "ann"]),
        ("write to ann@example.org", []),
        ("@mei @MEI", ["mei"]),
        ("@ab", []),
        ("@" + "x" * 25, []),
        ("https://example.org/@mei", []),
    ],
)
def test_mentions_are_handles(text: str, mentions: list[str]) -> None:
    assert find_mentions(text) == mentions


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  tea  ", "tea"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u200b\u200d\ufeff \u3000", ""),
        ("e\u0301", "é"),
        ("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"),
        ("مرحبا שלום", "مرحبا שלום"),
    ],
)
def test_prose_is_kept_and_blank_is_blank(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize("text", ["a\x00b", "\x07", "\ud800", "x\x7f"])
def test_what_nobody_means_to_write_is_noticed(text: str) -> None:
    assert has_forbidden(text)


@pytest.mark.parametrize("text", ["a\tb\nc", "秋天", "😀"])
def test_what_people_write_is_let_through(text: str) -> None:
    assert not has_forbidden(text)


def test_a_text_is_cut_into_pieces_that_make_it_whole_again() -> None:
    assert split_links("See #秋天 by @mei.") == [
        ("text", "See "),
        ("topic", "秋天"),
        ("text", " by "),
        ("mention", "mei"),
        ("text", "."),
    ]
