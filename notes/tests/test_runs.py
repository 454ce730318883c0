"""Words of another language within a text say which one they are."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape

from notes.runs import in_runs

EN, ZH = '<span lang="en">', '<span lang="zh">'
END = "</span>"


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        ("今天去 West Lake 散步", "zh", f"今天去 {EN}West Lake{END} 散步"),
        ("听 K-pop，so nice!", "zh", f"听 {EN}K-pop{END}，{EN}so nice{END}!"),
        ("We ate 小笼包 today", "en", f"We ate {ZH}小笼包{END} today"),
        ("“你好，世界！” she said", "en", f"“{ZH}你好，世界！{END}” she said"),
        ("Un thé 茶", "fr", f"Un thé {ZH}茶{END}"),
        ("看 https://example.org/shop 和 a@b.com #tea @ann", "zh", None),
        ("A 和 B，3 点", "zh", None),
        ("東京タワー tower", "ja", None),
        ("I saw 東京タワー", "en", None),
        ("West Lake 西湖", "", None),
        ("", "zh", None),
    ],
)
def test_a_run_of_the_other_language_is_marked(
    text: str, language: str, marked: str | None
) -> None:
    assert in_runs(text, language) == (text if marked is None else marked)


def test_nothing_is_lost_and_no_markup_gets_in() -> None:
    text = '<b>我爱</b> rock & roll <script>alert("hi")</script> 啊'
    marked = in_runs(text, "zh")
    assert re.sub(r'<span lang="en">|</span>', "", marked) == escape(text)
