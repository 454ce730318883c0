"""Tags of every page: how long ago, who, which browser, which section."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.icons import drawings
from accounts.models import User
from accounts.templatetags.redleaf import ago, browser, icon, section, who
from tests.properties import TRY

ANN, MEI = User(username="ann", display_name="Ann"), User(username="mei", display_name="小梅")
INNER = re.compile(r"<time[^>]*>(.*)</time>")
CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


def told(age: timedelta, language: str) -> str:
    with override(language):
        found = INNER.fullmatch(ago(timezone.now() - age))
    assert found is not None
    return found[1].replace("\xa0", " ")


@pytest.mark.parametrize(
    ("age", "english", "chinese"),
    [
        (timedelta(seconds=0), "just now", "刚刚"),
        (timedelta(seconds=59), "just now", "刚刚"),
        (timedelta(seconds=-30), "just now", "刚刚"),
        (timedelta(seconds=61), "1 minute ago", "1 分钟前"),
        (timedelta(minutes=3), "3 minutes ago", "3 分钟前"),
        (timedelta(hours=1, minutes=59), "1 hour ago", "1 小时前"),
        (timedelta(hours=5), "5 hours ago", "5 小时前"),
        (timedelta(days=1), "1 day ago", "1 天前"),
        (timedelta(days=6, hours=23), "6 days ago", "6 天前"),
    ],
)
def test_within_a_week_it_is_told_in_one_unit(age: timedelta, english: str, chinese: str) -> None:
    assert told(age, "en") == english
    assert told(age, "zh-hans").replace(" ", "") == chinese.replace(" ", "")


def test_after_a_week_it_is_told_as_a_date() -> None:
    moment = timezone.now() - timedelta(days=8)
    assert str(moment.year) in told(timedelta(days=8), "en")
    chinese = told(timedelta(days=8), "zh-hans")
    assert f"{moment.year}年{moment.month}月{moment.day}日" == chinese.replace(" ", "")


def test_a_program_reads_the_moment_itself() -> None:
    moment = timezone.now() - timedelta(hours=3)
    html = ago(moment)
    assert f'datetime="{moment.isoformat(timespec="seconds")}"' in html
    assert 'title="' in html


def test_what_never_was_is_not_told() -> None:
    assert ago(None) == ""


@pytest.mark.parametrize(
    ("named", "others", "english", "chinese"),
    [
        ([ANN], 0, "Ann", "Ann"),
        ([ANN, MEI], 0, "Ann and 小梅", "Ann和小梅"),
        ([ANN], 1, "Ann and 1 other", "Ann 等 2 人"),
        ([ANN, MEI], 7, "Ann, 小梅 and 7 others", "Ann、小梅 等 9 人"),
    ],
)
def test_people_stand_in_a_sentence(
    named: list[User], others: int, english: str, chinese: str
) -> None:
    bare = re.compile(r"</?a[^>]*>")
    with override("en"):
        assert bare.sub("", who(named, others)) == english
    with override("zh-hans"):
        said = bare.sub("", who(named, others))
    assert [name for name in ("Ann", "小梅") if name in said] == [p.name for p in named]
    assert " and " not in said
    assert (str(others) in said) or others == 0


def test_every_name_is_a_link_and_no_name_is_markup() -> None:
    tang = User(username="tang", display_name='<b>"Tang"</b> & %(names)s %s')
    with override("en"):
        html = who([ANN, tang], 3)
    assert html.startswith('<a href="/@ann/">Ann</a>')
    assert f'<a href="/@tang/">{escape(tang.display_name)}</a>' in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (CHROME.format("Windows NT 10.0; Win64; x64"), "Chrome · Windows"),
        (CHROME.format("X11; Linux x86_64"), "Chrome · Linux"),
        (CHROME.format("Linux; Android 10; K"), "Chrome · Android"),
        (CHROME.format("Windows NT 10.0") + " Edg/131.0.0.0", "Edge · Windows"),
        (CHROME.format("Macintosh; Intel Mac OS X 10_15_7") + " OPR/115", "Opera · macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) Version/17.6 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox · Linux",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("a" * 60, "a" * 40),
    ],
)
def test_a_browser_is_told_in_two_words(agent: str, told: str) -> None:
    assert browser(agent) == told


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Unknown browser"), ("zh-hans", "未知浏览器")]
)
def test_a_browser_that_says_nothing_has_a_name_too(language: str, words: str) -> None:
    with override(language):
        assert browser("") == words


@given(st.text(max_size=300))
@TRY
def test_whatever_calls_itself_a_browser_is_told_shortly(agent: str) -> None:
    assert 0 < len(browser(agent)) <= 40


def test_the_section_where_one_is_says_so() -> None:
    assert section("words-settings", "words-settings") == (
        '<a href="/settings/words/" aria-current="page">'
    )
    assert section("words-settings", "people-settings") == '<a href="/settings/words/">'


def test_every_picture_of_the_set_can_be_drawn() -> None:
    assert len(drawings()) == 28
    assert all(icon(name).count("<svg ") == 1 for name in drawings())


def test_a_picture_beside_a_word_is_not_read_aloud() -> None:
    html = icon("heart", 'x"y')
    assert 'aria-hidden="true"' in html
    assert drawings()["heart"] in html
    assert 'class="icon x&quot;y"' in html
