"""What templates make of notes: links, covers, sources of pictures, languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from notes.glossary import marking
from notes.glossary.finding import Finder
from notes.models import Image, Topic
from notes.templatetags.notes import (
    as_written,
    count,
    cover_height,
    foreign,
    foreign_bio,
    linked,
    runs,
    same,
    srcset,
    with_terms,
)
from tests.properties import TRY, WRITTEN

TEA, MAPLE = Topic(name="tea", title="Tea"), Topic(name="红叶", title="红叶")
ANN = User(username="ann")
TAG = re.compile(r"</?(?:a|span)(?: [^<>]*)?>")


@pytest.fixture(autouse=True)
def no_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms are a table; here there are none."""
    monkeypatch.setattr(marking, "_finder", lambda language, minute: Finder({}))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A cup of #Tea", 'A cup of <a href="/topics/tea/">#Tea</a>'),
        ("＃ＴＥＡ", '<a href="/topics/tea/">#ＴＥＡ</a>'),
        ("我爱#红叶#", '我爱<a href="/topics/%E7%BA%A2%E5%8F%B6/">#红叶</a>#'),
        ("by @Ann.", 'by <a href="/@ann/">@Ann</a>.'),
        # What leads nowhere is text.
        ("#coffee @mei", "#coffee @mei"),
        ("a@ann.org and C#Tea", "a@ann.org and C#Tea"),
        ("<b>#Tea</b> & co", '&lt;b&gt;<a href="/topics/tea/">#Tea</a>&lt;/b&gt; &amp; co'),
        ('"><script>', "&quot;&gt;&lt;script&gt;"),
        ("", ""),
    ],
)
def test_topics_and_people_that_exist_are_links(text: str, html: str) -> None:
    with override("en"):
        assert linked(text, [TEA, MAPLE], [ANN]) == html


@given(WRITTEN)
@TRY
def test_no_markup_gets_into_a_page_with_the_words(text: str) -> None:
    for html in (linked(text, [TEA, MAPLE], [ANN], "en"), with_terms(text, "zh"), runs(text, "en")):
        bare = TAG.sub("", html)
        assert "<" not in bare
        assert len(unescape(bare)) == len(text)


def image(width: int, height: int, status: str = "ready") -> Image:
    return Image(key="ab" * 16, width=width, height=height, status=status)


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [
        (300, 400, 480),
        (400, 300, 270),
        (360, 360, 360),
        (100, 1000, 480),
        (1000, 100, 270),
        (1, 1, 360),
        (8000, 6000, 270),
    ],
)
def test_a_cover_keeps_its_shape_within_reason(width: int, height: int, shown: int) -> None:
    assert cover_height(image(width, height)) == shown


@given(st.integers(1, 20_000), st.integers(1, 20_000))
@TRY
def test_no_cover_is_a_tower_or_a_thread(width: int, height: int) -> None:
    assert 270 <= cover_height(image(width, height)) <= 480


def test_a_browser_is_told_how_wide_each_file_is() -> None:
    folder = f"/media/images/ab/{'ab' * 16}"
    assert srcset(image(2000, 1000)) == ", ".join(
        f"{folder}/{width}.webp {width}w" for width in (360, 720, 1440)
    )
    # What was small already is no larger under another name.
    assert srcset(image(500, 500)) == (
        f"{folder}/360.webp 360w, {folder}/720.webp 500w, {folder}/1440.webp 500w"
    )


@pytest.mark.parametrize("status", ["processing", "rejected"])
def test_a_picture_that_is_not_made_has_no_files(status: str) -> None:
    assert srcset(image(500, 500, status)) == ""


@pytest.mark.parametrize(
    ("language", "told"), [("en", "12K"), ("zh-hans", "1.2万"), ("zh-hant", "1.2萬")]
)
def test_numbers_are_short_in_the_way_of_the_reader(language: str, told: str) -> None:
    with override(language):
        assert count(12_345) == told


@pytest.mark.parametrize(
    ("one", "other", "answer"), [(1, 1, True), (1, 2, False), (None, None, False), (None, 1, False)]
)
def test_two_ids_are_of_the_same_row(one: object, other: object, answer: bool) -> None:
    assert same(one, other) is answer


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [("zh-hant", "红叶", "紅葉"), ("zh-hans", "红叶", "红叶"), ("en", "Redleaf", "Redleaf")],
)
def test_our_own_words_are_in_the_characters_of_the_reader(
    language: str, text: str, told: str
) -> None:
    with override(language):
        assert as_written(text) == told


ENGLISH, CHINESE = "We walked around the lake all day", "我们绕着湖走了一整天"


@pytest.mark.parametrize(
    ("reader", "text", "language", "second", "offered"),
    [
        ("en", CHINESE, "zh", "", True),
        ("en", ENGLISH, "en", "", False),
        ("zh-hans", ENGLISH, "en", "", True),
        ("zh-hant", ENGLISH, "en", "", True),
        ("zh-hans", CHINESE, "zh", "", False),
        # Told in the reader's language already by its author.
        ("en", CHINESE, "zh", "en", False),
        ("zh-hans", ENGLISH, "en", "zh", False),
        ("en", "🍁 !!", "zh", "", False),
        ("en", f"{ENGLISH}。{CHINESE}", "en", "", True),
        ("zh-hans", f"{CHINESE} OK", "zh", "", False),
    ],
)
def test_a_translation_is_offered_to_who_may_need_it(
    reader: str, text: str, language: str, second: str, offered: bool
) -> None:
    with override(reader):
        assert foreign(text, language, second) is offered


@pytest.mark.parametrize(
    ("reader", "bio", "offered"),
    [("en", CHINESE, True), ("en", ENGLISH, False), ("zh-hans", ENGLISH, True), ("en", "", False)],
)
def test_a_bio_is_offered_by_what_it_is_written_in(reader: str, bio: str, offered: bool) -> None:
    with override(reader):
        assert foreign_bio(bio) is offered


@pytest.mark.parametrize(
    ("reader", "own", "html"),
    [
        ("en", None, 'Tea <span lang="zh">红茶</span>'),
        ("zh-hans", None, '<span lang="en">Tea</span> 红茶'),
        ("zh-hans", "en", 'Tea <span lang="zh">红茶</span>'),
        ("en", "", "Tea 红茶"),
    ],
)
def test_runs_are_marked_against_the_text_or_the_reader(
    reader: str, own: str | None, html: str
) -> None:
    with override(reader):
        assert runs("Tea 红茶", own) == html
