"""Cutting, shielding and judging of texts before an engine sees them: pure."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from notes.translation.foreign import is_foreign
from notes.translation.making import translated
from notes.translation.passages import passages_of
from notes.translation.shielding import shield, split_kept, unshield
from notes.translation.texts import Text


class Echo:
    """An engine that puts every text between marks, or loses what it should keep."""

    name = "Echo"

    def __init__(self, loses: str = "") -> None:
        self.loses = loses
        self.asked: list[tuple[str, list[str]]] = []

    def translate(
        self, texts: Sequence[str], source: str, target: str, deadline: float
    ) -> list[str]:
        self.asked.append((source, list(texts)))
        return [f"‹{text.replace(self.loses, '') if self.loses else text}›" for text in texts]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("no marks at all", []),
        ("a #topic, @somebody and #红叶", ["#topic", "@somebody", "#红叶"]),
        ("看https://a.example/x?y=1#z。好", ["https://a.example/x?y=1#z"]),
        ("www.a.example and me@a.example", ["www.a.example", "me@a.example"]),
        ("fine 👍🏽👩‍👩‍👧 ok ❤️", ["👍🏽👩‍👩‍👧", "❤️"]),
        ("3.5 * 2 = 7, 100%", []),
    ],
)
def test_what_stays_as_it_is(text: str, kept: list[str]) -> None:
    pieces = split_kept(text)
    assert [piece for piece, stays in pieces if stays] == kept
    assert "".join(piece for piece, _ in pieces) == text


def test_a_shield_is_put_back_only_when_every_mark_is_there_once() -> None:
    assert shield("see @ann at #lake") == ("see {0} at {1}", ["@ann", "#lake"])
    assert unshield("{1}见{0}", ["@ann", "#lake"]) == "#lake见@ann"
    for torn in ("{0}", "{0} {0} {1}", "{0} {1} {2}", "nothing"):
        assert unshield(torn, ["@ann", "#lake"]) is None
    assert shield("a {0} of one's own @ann") is None


@pytest.mark.parametrize(
    ("text", "language", "passages"),
    [
        ("我很好。谢谢你！", "zh", [("我很好。谢谢你！", "zh")]),
        ("What? Yes. 3.5 stars.", "en", [("What? Yes. 3.5 stars.", "en")]),
        ("我很好。I am fine.", "zh", [("我很好。", "zh"), ("I am fine.", "en")]),
        ("Fine\n\n很好", "en", [("Fine", "en"), ("\n\n", ""), ("很好", "zh")]),
        ("😂 #红叶", "zh", [("😂 #红叶", "")]),
        ("他说“好！”然后走了。", "zh", [("他说“好！”然后走了。", "zh")]),
    ],
)
def test_passages_of_one_language(
    text: str, language: str, passages: list[tuple[str, str]]
) -> None:
    cut = passages_of(text, language)
    assert [(passage.text, passage.language) for passage in cut] == passages
    assert "".join(passage.text for passage in cut) == text


def test_only_what_is_in_another_language_is_sent_all_of_it_at_once() -> None:
    echo = Echo()
    title, body = translated(echo, Text("湖", "我很好。I am fine.\n走吧 @mei", "zh"), "en")
    assert echo.asked == [("zh", ["湖", "我很好。", "走吧 {0}"])]
    assert (title, body) == ("‹湖›", "‹我很好。› I am fine.\n‹走吧 @mei›")


def test_lost_marks_and_braces_of_ones_own_are_translated_in_pieces() -> None:
    echo = Echo(loses="{0}")
    _, body = translated(echo, Text("", "去#西湖 看看\n集合{0}里有@mei 吗", "zh"), "en")
    assert body == "‹去›#西湖 ‹看看›\n‹集合里有›@mei ‹吗›"
    assert len(echo.asked) == 2


@pytest.mark.parametrize(
    ("text", "language", "for_english", "for_chinese"),
    [
        ("秋天的湖", "zh", True, False),
        ("The lake in autumn", "en", False, True),
        ("今天去了 Central Park，很美", "zh", True, False),
        ("今天 we went to the lake 哈哈", "zh", True, True),
        ("Their 豆腐 is great", "en", True, True),
        ("Le lac en automne", "fr", True, True),
        ("😂😂 123", "", False, False),
    ],
)
def test_who_is_offered_a_translation(
    text: str, language: str, for_english: bool, for_chinese: bool
) -> None:
    offered = (is_foreign(text, language, "en"), is_foreign(text, language, "zh"))
    assert offered == (for_english, for_chinese)
