"""Text cut into what can be looked for: the same for what a note says and for what is asked.

Scripts without spaces become overlapping pairs of characters, so that whatever part of two or
more characters stands in a note finds it, whether or not a dictionary knows it as a word. The
dictionary says which pairs stand inside a word (they count more) and, of what is asked, which
characters belong together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from moderation.text import HAN, simplified

# Han, kana, Hangul, Thai, Lao, Burmese, Khmer: written without spaces, or with endings.
UNSPACED = (
    f"{HAN}々\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u1100-\u11ff\uac00-\ud7af"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
SIGNS = "\u2600-\u27bf\U0001f000-\U0001faff"
_PIECE = re.compile(f"(?P<run>[{UNSPACED}]+)|(?P<word>[^\\W_{UNSPACED}]+)|(?P<sign>[{SIGNS}])")
LONGEST_WORD = 60
# Chinese words that say little; left out of what is asked when there are others.
_SMALL = (
    "的 了 在 是 我 你 他 她 它 们 我们 你们 他们 吗 呢 啊 吧 呀 嘛 和 与 跟 及 或 就 都 也 很 "
    "太 有 个 这 那 这个 那个 什么 怎么 怎样 如何 哪里 哪儿 哪 哪些 一个 一下 一些 想 要 去 到 把 "
    "被 让 给 从 对 为 以 之 其"
)
SMALL = frozenset(_SMALL.split())


class _Plain(dict[int, str]):
    """One plain spelling for every character: width, case, accents, traditional forms."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < 50_000:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def _plain(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cs", "Co", "Cn", "Cc"):
        return " " if character in "\t\n\r\0" else ""
    letters = unicodedata.normalize("NFKC", character).casefold()
    if letters < "\u2000":
        apart = unicodedata.normalize("NFD", letters)
        letters = "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
    return "".join(simplified(c) if c >= "\u2e80" else c for c in letters)


def fold(text: str) -> str:
    """Return the text in plain spelling.

    Each character is folded by itself, so that a part of a text folds to a part of the folded.
    """
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


# A pair of characters, a word in letters or a sign; whether it is a word; and whether it is more
# than a pair across the border of two words. A plain tuple, for a text has hundreds.
Found = tuple[str, bool, bool]


def lexemes(text: str) -> list[Found]:
    """Everything under which a text is found, in its order."""
    found: list[Found] = []
    for kind, piece in pieces(fold(text)):
        if kind == "run":
            found += _pairs(piece)
        else:
            found.append((piece[:LONGEST_WORD], kind == "word", True))
    return found


def pieces(folded: str) -> Iterator[tuple[str, str]]:
    """(run | word | sign, piece) of a folded text."""
    for match in _PIECE.finditer(folded):
        yield str(match.lastgroup), match[0]


def _pairs(run: str) -> list[Found]:
    last, end, word = len(run) - 1, -1, ""
    found = [(run[i : i + 2], False, True) for i in range(last)]
    for word in cut(run):
        end += len(word)
        if end < last:
            found[end] = (run[end : end + 2], False, False)
    # The last character begins no pair; alone it is found by its beginning like the others.
    return [*found, (run[last], False, len(word) == 1)]


def cut(run: str) -> Sequence[str]:
    """The words of a run, which together are the run."""
    if len(run) == 1:
        return [run]
    words: list[str] = _dictionary().cut(run)
    return words if sum(map(len, words)) == len(run) else [run]


@cache
def _dictionary() -> Any:
    # Loaded by the first text that needs it: 40 MB.
    return import_module("rjieba")
