"""All words of a note: checked, told apart by language, and read by moderation as one text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given

from notes.models import Note
from notes.parsing import MOST_TOPICS
from notes.words import LONGEST, Words, checked_words, languages_of
from tests.properties import TRY, WRITTEN

EMPTY = {"title": "", "body": "", "place": "", "second_title": "", "second_body": ""}
ENGLISH, CHINESE = "We walked around the lake all day", "我们绕着湖走了一整天，很开心"


def words(named_topics: Any = (), **said: str) -> Words:
    return Words(**(EMPTY | said), named_topics=list(named_topics))


@pytest.mark.parametrize("field", list(LONGEST))
@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
def test_each_field_names_itself_when_it_is_too_long(field: str, language: int) -> None:
    longest = LONGEST[field]
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as refused:
        checked_words({field: "x" * (longest + 1)})
    said = (
        f"At most {longest} characters; these are {longest + 1}.",
        f"最多 {longest} 个字，现在有 {longest + 1} 个。",
    )
    assert refused.value.message_dict == {field: [said[language]]}
    assert checked_words({field: "x" * longest}) == {field: "x" * longest}


def test_only_what_is_given_is_checked_and_nothing_else_sticks() -> None:
    given_words = {"title": " Tea ", "author": 7, "case": None, "like_count": 9, "id": 1}
    assert checked_words(given_words) == {"title": "Tea"}


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        (["tea"], ["tea"]),
        (["#tea", "＃红叶"], ["tea", "红叶"]),
        ([" tea ", "", "#", "  "], ["tea"]),
        (["a" * 60], ["a" * 60]),
        (["slow-life", "cat_tax", "a·b"], ["slow-life", "cat_tax", "a·b"]),
    ],
)
def test_topics_given_apart_lose_their_mark(named: list[str], kept: list[str]) -> None:
    assert checked_words({"topics": named}) == {"named_topics": kept}


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize(
    "name",
    [
        "two words", "a" * 61, "tea!", "<b>", "a/b", "tea\0", "a\nb", "🍁", "a#b", "@ann",
        "2024", "#1", "５", "㎨" * 16,
    ],
)  # fmt: skip
def test_what_could_be_no_hashtag_is_no_topic(name: str, language: int) -> None:
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as refused:
        checked_words({"topics": ["tea", name]})
    said = (
        "A topic is a word of letters, digits, - and _, and more than a number.",
        "话题只能由文字、数字、- 和 _ 组成，不能只有数字。",
    )
    assert refused.value.message_dict == {"topics": [said[language]]}


def test_moderation_reads_every_word() -> None:
    whole = words(
        ["tea"], title="Title", body="Body", place="Place", second_title="题", second_body="文"
    )
    assert whole.judged(["First picture", "", "Second picture"]) == (
        "Title\n\nBody\n\n题\n\n文\n\nPlace\n\n#tea\n\nFirst picture\n\nSecond picture"
    )
    assert words(title="Title").judged([]) == "Title"
    assert words().judged([]) == ""


@given(WRITTEN, WRITTEN, WRITTEN)
@TRY
def test_moderation_misses_nothing(title: str, place: str, alt: str) -> None:
    judged = words(title=title.strip(), place=place, second_body=alt).judged([alt])
    assert all(part.strip() in judged for part in (title, place, alt))


@pytest.mark.parametrize(
    ("said", "complete"),
    [
        ({"title": "Tea"}, True),
        ({"body": "Tea"}, True),
        ({"place": "Hangzhou"}, False),
        ({"second_title": "茶"}, False),
        ({}, False),
    ],
)
def test_a_note_needs_a_title_or_a_few_words(said: dict[str, str], complete: bool) -> None:
    if complete:
        words(**said).check_complete()
        return
    for language, message in (
        ("en", "Write a title or a few words."),
        ("zh-hans", "写个标题，或者写几句话吧。"),
    ):
        with override(language), pytest.raises(ValidationError) as refused:
            words(**said).check_complete()
        assert refused.value.message_dict == {"title": [message]}


@pytest.mark.parametrize(
    ("main", "second", "chosen", "languages"),
    [
        (ENGLISH, "", "", ("en", "")),
        (CHINESE, "", "", ("zh", "")),
        (ENGLISH, CHINESE, "", ("en", "zh")),
        (CHINESE, ENGLISH, "", ("zh", "en")),
        # The author knows the first language better than we.
        (ENGLISH, "", "zh", ("zh", "")),
        (ENGLISH, ENGLISH, "", ("en", "zh")),
        (CHINESE, CHINESE, "", ("zh", "en")),
        (CHINESE, "🍁", "", ("zh", "en")),
        (ENGLISH, CHINESE, "zh", ("zh", "en")),
        ("🍁", CHINESE, "", ("", "zh")),
    ],
)
def test_the_two_parts_are_in_two_languages(
    main: str, second: str, chosen: str, languages: tuple[str, str]
) -> None:
    told = languages_of(words(body=main, second_body=second), chosen)
    assert (told["language"], told["second_language"]) == languages


@pytest.mark.parametrize("chosen", ["", "zh", "en"])
@pytest.mark.parametrize("main", [ENGLISH, CHINESE, "🍁", "ok"])
@pytest.mark.parametrize("second", [ENGLISH, CHINESE, "🍁", "ok"])
def test_no_note_is_told_twice_in_one_language(main: str, second: str, chosen: str) -> None:
    told = languages_of(words(body=main, second_body=second), chosen)
    assert told["language"] != told["second_language"]
    assert told["second_language"] != ""


def test_topics_come_from_both_parts_and_from_those_named() -> None:
    whole = words(["named", "TEA"], body="#tea by the lake", second_body="湖边的 #红茶 #tea")
    assert whole.topics() == ["tea", "红茶", "named"]
    many = words([f"n{n}x" for n in range(9)], body="#a #b #c")
    assert len(many.topics()) == MOST_TOPICS


def test_people_are_named_in_both_parts() -> None:
    assert words(body="@ann", second_body="和 @mei @ann").mentions() == ["ann", "mei"]
    assert words(place="@ann", title="Tea").mentions() == []


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({}, {}),
        ({"title": "New"}, {"title": "New"}),
        ({"title": ""}, {"title": ""}),
        ({"named_topics": ["a"]}, {"named_topics": ["a"]}),
        ({"author": 7, "images": [1]}, {}),
    ],
)
def test_a_change_touches_what_it_names(changes: dict[str, Any], after: dict[str, Any]) -> None:
    before = words(["tea"], title="Old", body="Body")
    assert asdict(before.changed(changes)) == asdict(before) | after


def test_the_words_of_a_row_are_all_of_them() -> None:
    note = Note(title="T", body="B", place="P", second_title="2", second_body="b")
    note.named_topics = ["x"]
    assert asdict(Words.of(note)) == {
        "title": "T", "body": "B", "place": "P", "second_title": "2", "second_body": "b",
        "named_topics": ["x"],
    }  # fmt: skip
