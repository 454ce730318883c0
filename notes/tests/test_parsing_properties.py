"""Whatever is written, its topics, mentions, runs and passages can be put together again."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models.people import HANDLE_PATTERN
from notes.counts import compact
from notes.glossary.finding import Finder
from notes.parsing import (
    LONGEST_TOPIC,
    MOST_MENTIONS,
    MOST_TOPICS,
    find_marks,
    find_mentions,
    find_topics,
    fold_topic,
    is_topic,
    split_links,
)
from notes.runs import in_runs
from notes.translation.passages import Work, joined, passages_of
from notes.translation.shielding import has_words, shield, split_kept, unshield
from tests.properties import TRY, WRITTEN

LANGUAGES = st.sampled_from(["zh", "en", "ja", "fr", ""])
MARK = {"text": "", "topic": "#", "mention": "@"}
SPAN = re.compile(r'<span lang="(?:en|zh)">|</span>')


@given(WRITTEN)
@TRY
def test_a_page_shows_every_character_that_was_written(text: str) -> None:
    shown = "".join(MARK[kind] + piece for kind, piece in split_links(text))
    assert len(shown) == len(text)
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


@given(WRITTEN)
@TRY
def test_a_topic_is_short_folded_once_and_named_once(text: str) -> None:
    topics = find_topics(text)
    folded = [fold_topic(topic) for topic in topics]
    assert len(topics) <= MOST_TOPICS
    assert len(set(folded)) == len(folded)
    assert all(0 < len(name) <= LONGEST_TOPIC and not name.isdigit() for name in folded)


@given(WRITTEN)
@TRY
def test_a_topic_that_is_found_can_be_named_and_found_again(text: str) -> None:
    for topic in find_topics(text):
        assert is_topic(topic)
        assert find_topics(f"#{topic}") == [topic]
        assert find_topics("", [topic]) == [topic]


@given(WRITTEN, WRITTEN)
@TRY
def test_what_is_named_apart_never_drives_out_what_is_written(text: str, apart: str) -> None:
    written = find_topics(text)
    assert find_topics(text, [apart])[: len(written)] == written


@given(WRITTEN)
@TRY
def test_who_is_mentioned_could_be_somebody(text: str) -> None:
    mentions = find_mentions(text)
    assert len(mentions) <= MOST_MENTIONS
    assert len(set(mentions)) == len(mentions)
    assert all(re.match(HANDLE_PATTERN, name) for name in mentions)


def test_twenty_people_are_named_and_no_more() -> None:
    text = " ".join(f"@ann_{n}" for n in range(25))
    assert find_mentions(text) == [f"ann_{n}" for n in range(20)]


@given(WRITTEN)
@TRY
def test_marks_stand_in_their_order_and_apart(text: str) -> None:
    spans = [match.span() for match, _ in find_marks(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(WRITTEN, LANGUAGES)
@TRY
def test_marked_runs_are_the_text_and_let_no_markup_in(text: str, language: str) -> None:
    marked = in_runs(text, language)
    assert unescape(SPAN.sub("", marked)) == text
    assert "<" not in SPAN.sub("", marked)
    assert marked.count("<span") == marked.count("</span>")


@given(WRITTEN)
@TRY
def test_a_run_is_never_marked_as_what_the_text_is(text: str) -> None:
    assert '<span lang="zh">' not in in_runs(text, "zh")
    assert '<span lang="en">' not in in_runs(text, "en")
    assert "<span" not in in_runs(text, "")


@given(WRITTEN, LANGUAGES)
@TRY
def test_passages_are_the_text_cut_into_pieces(text: str, language: str) -> None:
    passages = passages_of(text, language)
    assert "".join(passage.text for passage in passages) == text
    assert all(passage.text for passage in passages)
    # Where nobody knows the language of a text, some of its words may have none.
    without = [passage.text for passage in passages if not passage.language]
    assert not language or not any(map(has_words, without))


@given(WRITTEN, LANGUAGES, st.sampled_from(["zh", "en"]))
@TRY
def test_an_engine_that_repeats_what_it_hears_changes_no_letter(
    text: str, language: str, target: str
) -> None:
    work = Work(target)
    passages = work.add(text, language)
    work.do(lambda texts, source: list(texts))
    told = joined(passages, target)
    assert "".join(told.split()) == "".join(text.split())


@given(WRITTEN, LANGUAGES)
@TRY
def test_nothing_is_asked_about_what_is_in_the_language_already(text: str, language: str) -> None:
    work = Work("zh")
    asked: list[str] = []

    def translate(texts: list[str], source: str) -> list[str]:
        asked.append(source)
        return texts

    work.add(text, language)
    work.do(translate)  # type: ignore[arg-type]
    assert not {"zh", ""} & set(asked)


@given(WRITTEN)
@TRY
def test_pieces_that_stay_and_pieces_that_do_not_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in split_kept(text)) == text


@given(WRITTEN)
@TRY
def test_a_shield_is_taken_off_as_it_was_put_on(text: str) -> None:
    shielded = shield(text)
    if shielded is None:
        assert re.search(r"\{\d+\}", text)
    else:
        assert unshield(*shielded) == text


@given(WRITTEN)
@TRY
def test_behind_a_shield_nothing_stands_that_must_stay(text: str) -> None:
    masked, kept = shield(text) or ("", [])
    for piece in kept:
        if piece.startswith(("#", "＃", "https://")):
            assert piece not in masked


@pytest.mark.parametrize(
    ("translated", "kept"),
    [
        ("", ["#tea"]),
        ("{0} {0}", ["#tea"]),
        ("{1}", ["#tea"]),
        ("{0}{1}{2}", ["#tea", "@ann"]),
        ("{ 0 }", ["#tea"]),
        ("{-1}", ["#tea"]),
        ("{0}", []),
    ],
)
def test_an_engine_that_loses_or_invents_a_mark_is_noticed(
    translated: str, kept: list[str]
) -> None:
    assert unshield(translated, kept) is None


@pytest.mark.parametrize(
    ("translated", "whole"),
    [("{1} 和 {0}", "@ann 和 #tea"), ("{0}{1}", "#tea@ann"), ("{00} {01}", "#tea @ann")],
)
def test_marks_may_change_their_places(translated: str, whole: str) -> None:
    assert unshield(translated, ["#tea", "@ann"]) == whole


TERMS = st.dictionaries(
    st.sampled_from(["yyds", "cat tax", "永远的神", "种草", "AMA", "c++"]), st.just("x"), min_size=1
)


@given(TERMS, WRITTEN)
@TRY
def test_a_word_is_found_where_it_stands_and_once(names: dict[str, str], text: str) -> None:
    written = f"{text} {' '.join(names)}"
    finder = Finder({spelling: spelling.casefold() for spelling in names})
    found = list(finder.find(written, set()))
    assert all(written[start:end].casefold() == name for start, end, name in found)
    assert len({name for *_, name in found}) == len(found) == len(names)
    assert [start for start, *_ in found] == sorted(start for start, *_ in found)


def test_an_empty_glossary_finds_nothing() -> None:
    assert list(Finder({}).find("anything at all", set())) == []


@pytest.mark.parametrize("text", ["camacho", "AMAs", "xAMA", "AMA1", "1AMA"])
def test_a_word_within_a_word_is_another_word(text: str) -> None:
    assert list(Finder({"AMA": "ama"}).find(text, set())) == []


@pytest.mark.parametrize("text", ["AMA", "我的AMA来了", "(ama)", "AMA!", "#AMA"])
def test_between_other_signs_it_is_the_word(text: str) -> None:
    assert len(list(Finder({"AMA": "ama"}).find(text, set()))) == 1


@given(st.integers(0, 10**9), st.sampled_from(["en", "zh-hans", "zh-hant"]))
@TRY
def test_a_short_number_is_never_larger_than_the_number(number: int, language: str) -> None:
    sizes = {"K": 10**3, "M": 10**6, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "": 1}
    told = compact(number, language)
    digits = told.rstrip("".join(sizes))
    size = sizes[told[len(digits) :]]
    assert float(digits) * size <= number < (float(digits) + 1) * size
    assert len(digits) <= 6


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@given(st.integers(0, 10**9), st.integers(0, 10**6))
@TRY
def test_more_never_looks_like_less(language: str, number: int, more: int) -> None:
    def read(told: str) -> float:
        sizes = {"K": 10**3, "M": 10**6, "万": 10**4, "亿": 10**8}
        return float(told[:-1]) * sizes[told[-1]] if told[-1] in sizes else float(told)

    assert read(compact(number, language)) <= read(compact(number + more, language))
