"""What people write as it is stored: in one form, within its limit, and nothing twice."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.words import (
    checked,
    clean,
    folded,
    has_forbidden,
    normalized_address,
    refused,
    whole_number,
)
from tests.properties import TRY, WRITTEN

TOO_LONG = (
    "At most 3 characters; these are 4.",
    "最多 3 个字，现在有 4 个。",
)
STRANGE = ("The text holds characters that cannot be shown.", "文字里有无法显示的字符。")


@given(WRITTEN)
@TRY
def test_what_is_stored_is_stored_again_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(WRITTEN)
@TRY
def test_what_is_stored_is_composed_and_has_one_kind_of_line_end(text: str) -> None:
    stored = clean(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert "\r" not in stored
    assert stored == stored.strip()


@given(WRITTEN)
@TRY
def test_letters_are_never_lost(text: str) -> None:
    letters = [char for char in unicodedata.normalize("NFC", text) if char.isalnum()]
    assert [char for char in clean(text) if char.isalnum()] == letters


@given(st.lists(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad\u3164\u202e \n\t\u3000")))
@TRY
def test_nothing_but_invisibles_is_nothing(invisibles: list[str]) -> None:
    assert clean("".join(invisibles)) == ""
    assert clean("".join([*invisibles, "茶", *invisibles])) != ""


@given(WRITTEN)
@TRY
def test_one_spelling_stays_one_spelling(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TEA", "tea"),
        ("ＴＥＡ", "tea"),
        ("Straße", "STRASSE"),
        ("ﬃ", "ffi"),
        ("  tea ", "tea"),
        ("か\u3099", "が"),
        ("ｶﾌｪ", "カフェ"),
        ("㎏", "kg"),
        ("Ⅳ", "iv"),
    ],
)
def test_case_and_width_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("茶", "茶叶"), ("tea", "teа"), ("台", "臺"), ("1", "l")]
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("+1", None),
        (" 1", None),
        ("1\n", None),
        ("1_000", None),
        ("1.0", None),
        ("0x1", None),
        ("٣", None),
        ("３", None),
        ("²", None),
        ("三", None),
        ("1\0", None),
    ],
)
def test_only_plain_digits_are_a_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@given(st.text(max_size=30))
@TRY
def test_a_number_that_is_read_could_be_the_id_of_a_row(text: str) -> None:
    number = whole_number(text)
    assert number is None or 0 <= number < 2**63


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
def test_too_long_is_said_in_numbers_and_in_the_readers_language(language: int) -> None:
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as error:
        checked("title", "四个字啊", 3)
    assert error.value.message_dict == {"title": [TOO_LONG[language]]}
    assert [each.code for each in error.value.error_dict["title"]] == ["max_length"]


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_what_cannot_be_shown_is_refused_and_not_cut_out(char: str, language: int) -> None:
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as error:
        checked("body", f"tea{char}time", 100)
    assert error.value.message_dict == {"body": [STRANGE[language]]}


@pytest.mark.parametrize("char", ["\t", "\n", "\u200d", "\ufe0f", "\u202e", "\u3000", "\U000e0067"])
def test_what_writing_needs_is_let_through(char: str) -> None:
    assert not has_forbidden(f"tea{char}time")


@given(WRITTEN, st.integers(0, 40))
@TRY
def test_a_text_is_taken_whole_or_not_at_all(text: str, longest: int) -> None:
    try:
        stored = checked("body", text, longest)
    except ValidationError:
        assert has_forbidden(text) or len(clean(text)) > longest
    else:
        assert stored == clean(text)
        assert len(stored) <= longest


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Ann@Example.ORG", "ann@example.org"),
        (" ann@example.org ", "ann@example.org"),
        ("ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ann@example.org"),
        ("ann+tea@example.org", "ann+tea@example.org"),
        ("a.n.n@example.org", "a.n.n@example.org"),
    ],
)
def test_an_address_has_one_spelling_and_stays_the_same_address(written: str, address: str) -> None:
    assert normalized_address(written) == address
    assert normalized_address(address) == address


def test_a_refusal_keeps_its_field_its_code_and_its_numbers() -> None:
    error = refused("board", "At most %(most)s.", "limit", most=200)
    assert error.message_dict == {"board": ["At most 200."]}
    (only,) = error.error_dict["board"]
    assert (only.code, only.params) == ("limit", {"most": 200})
