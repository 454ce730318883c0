"""Text folded to one plain spelling, with every character mapped back to the original."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

HEAD, TAIL = 9_000, 3_000

LOOKALIKES = {
    letter: latin
    for latin, letters in {
        "a": "аαɑ", "b": "ьвβ", "c": "сϲ", "d": "ԁ", "e": "еєёε", "g": "ɡԍ", "h": "һнη",
        "i": "іιїɩı", "j": "јϳ", "k": "кκ", "l": "ӏ", "m": "м", "n": "пո", "o": "оοσ", "p": "рρ",
        "q": "ԛ", "r": "гɾ", "s": "ѕ", "t": "тτ", "u": "υս", "v": "νѵ", "w": "ԝω", "x": "хχ",
        "y": "уγү",
    }.items()
    for letter in letters
}  # fmt: skip
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇"
_HAN = re.compile(f"[{HAN}]")
_FOREIGN_WORD = re.compile(r"[a-z\u0250-\u02af\u0370-\u052f]*[\u0250-\u02af\u0370-\u052f]\w*")
_LATIN = re.compile("[a-z]")
_LATIN_WORD = re.compile("[a-z]+")
_GREEK_OR_CYRILLIC = re.compile(r"[\u0370-\u052f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character i of it came from original[starts[i]:ends[i]]."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span [start, end)."""
        if not self.text or start >= end:
            return (0, 0)
        return self.starts[start], self.ends[end - 1]

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> "Folded":
        """A copy with each (start, end, replacement) made; edits are sorted, without overlap."""
        if not edits:
            return self
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, replacement in [*edits, (len(self.text), len(self.text), "")]:
            parts += (self.text[at:start], replacement)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            if replacement:
                first, last = self.span(start, end)
                starts += [first] * len(replacement)
                ends += [last] * len(replacement)
            at = end
        return Folded("".join(parts), starts, ends)


def is_chinese(text: str) -> bool:
    """Whether a text has more Chinese characters than words in other scripts."""
    return len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text))


def fold(original: str) -> Folded:
    """Lower case, NFKC, no invisible characters, Latin look-alikes, simplified Chinese.

    Of a text longer than HEAD + TAIL only its beginning and its end are kept.
    """
    folded = _unlookalike(_folded_characters(original))
    if _HAN.search(folded.text):
        return Folded(simplified(folded.text), folded.starts, folded.ends)
    return folded


class _Spelling(dict[str, str]):
    def __missing__(self, character: str) -> str:
        plain = _plain(character)
        if len(self) < 20_000:
            self[character] = plain
        return plain


_SPELLING = _Spelling()
_SPELLING.update(dict.fromkeys("’‘ʼ`｀\u1fef", "'"))
_SPELLING.update({"＂": '"', "…": "…", "\n": "\n", "ẞ": "ss"})
_SPELLING.update({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ", "ß": "ss"})


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me") or character in "\u115f\u1160\u3164\uffa0":
        return ""
    if category in ("Cc", "Cs", "Co", "Cn"):
        return " " if category != "Cc" else ""
    if ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00:
        plain = unicodedata.normalize("NFKD", character).lower()
    else:
        plain = unicodedata.normalize("NFKC", character).lower()
    # Some single characters stand for whole sentences; the first letters will do.
    return "".join(c for c in plain[:4] if unicodedata.category(c) not in ("Mn", "Cf"))


def _folded_characters(original: str) -> Folded:
    if len(original) <= HEAD + TAIL:
        clipped, origins = original, range(len(original))
        return _mapped([_SPELLING[c] for c in clipped], origins)
    clipped = original[:HEAD] + "\n" + original[-TAIL:]
    tail = len(original) - TAIL
    return _mapped(
        [_SPELLING[c] for c in clipped], [*range(HEAD), HEAD, *range(tail, len(original))]
    )


def _mapped(pieces: list[str], origins: Sequence[int]) -> Folded:
    text = "".join(pieces)
    if all(map((1).__eq__, map(len, pieces))):
        starts: Sequence[int] = origins
    else:
        starts = [o for o, piece in zip(origins, pieces, strict=True) for _ in piece]
    ends = range(1, len(text) + 1) if isinstance(starts, range) else [o + 1 for o in starts]
    return Folded(text, starts, ends)


def _unlookalike(folded: Folded) -> Folded:
    text = folded.text
    if text.isascii() or not _GREEK_OR_CYRILLIC.search(text):
        return folded
    foreign_text = 2 * len(_GREEK_OR_CYRILLIC.findall(text)) > sum(map(str.isalpha, text))

    def latin_if_disguised(word: re.Match[str]) -> str:
        latin = "".join(LOOKALIKES.get(c, c) for c in word[0])
        at_home = foreign_text and not _LATIN.search(word[0])
        return word[0] if at_home or not latin.isascii() else latin

    return Folded(_FOREIGN_WORD.sub(latin_if_disguised, text), folded.starts, folded.ends)


@cache
def _converter() -> Callable[[str], str]:
    # Loaded by the first Chinese text, so that a process which judges none does not pay for it.
    converter = import_module("opencc").OpenCC("t2s")
    return cast("Callable[[str], str]", converter.convert)


def simplified(text: str) -> str:
    convert = _converter()
    simplified = convert(text)
    if len(simplified) == len(text):
        return simplified
    return "".join(convert(c) if _HAN.match(c) else c for c in text)
