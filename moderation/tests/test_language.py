"""The language of a text, by script and by letters."""

import time

import pytest

from moderation.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The maple leaves are red this week.", "en"),
        ("Hello", "en"),
        ("ok", "en"),
        ("这周枫叶红了。", "zh"),
        ("你好", "zh"),
        ("這週楓葉紅了，我們去爬山。", "zh"),
        ("今天去Starbucks喝了一杯latte，味道不错", "zh"),
        ("My grandmother calls this 红烧肉 and it took me three hours to cook.", "en"),
        ("今日はとても天気がいいですね。", "ja"),
        ("カタカナ", "ja"),
        ("오늘은 날씨가 정말 좋네요.", "ko"),
        ("Les feuilles d'érable sont rouges cette semaine.", "fr"),
        ("Die Ahornblätter sind diese Woche rot geworden.", "de"),
        ("Las hojas del arce están rojas esta semana.", "es"),
        ("Листья клёна на этой неделе красные.", "ru"),
        ("😂😂 真好看 😂😂", "zh"),
        ("@mei #红叶 look at this wonderful tree over there", "en"),
        ("", ""),
        ("12345 !!! ???", ""),
        ("😂" * 5_000, ""),
        ("https://example.org/path", ""),
        ("\ud800\udfff", ""),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["a" * 1_000_000, "字" * 1_000_000, "\ud800" * 100_000, "\x00\n"])
def test_no_text_is_too_strange_or_too_long(text: str) -> None:
    detect(text)
    begun = time.process_time()
    detect(text)
    assert time.process_time() - begun < 0.05
