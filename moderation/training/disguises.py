"""Ways in which people hide words from a machine, to measure what it still sees."""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module

from moderation.features import telling_symbols
from moderation.reading import read
from moderation.submission import Submission

_LEET = str.maketrans("aeiost", "431057")
_LOOKALIKE = str.maketrans("aceopxy", "асеорху")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

Disguise = Callable[[str], str]


def _swapped(word: str) -> str:
    return word[0] + word[2] + word[1] + word[3:] if len(word) > 3 else word


def _masked(word: str) -> str:
    return word[0] + "*" + word[2:] if len(word) > 2 else word


@cache
def _traditional() -> Disguise:
    convert: Disguise = import_module("opencc").OpenCC("s2t").convert
    return convert


ENGLISH: dict[str, Disguise] = {
    "digits for letters": lambda word: word.translate(_LEET),
    "look-alike letters": lambda word: word.translate(_LOOKALIKE),
    "spaced letters": " ".join,
    "dotted letters": ".".join,
    "stretched": lambda word: re.sub("[aeiou]", lambda vowel: vowel[0] * 4, word, count=1),
    "masked": _masked,
    "letters swapped": _swapped,
    "zero width": "\u200b".join,
    "full width": lambda word: word.translate(_WIDE),
}
CHINESE: dict[str, Disguise] = {
    "traditional": lambda word: str(_traditional()(word)),
    "dots between": "·".join,
    "spaces between": " ".join,
    "emoji between": "🍁".join,
    "zero width": "\u200b".join,
    "one dash": lambda word: word[0] + "-" + word[1:] if len(word) > 1 else word,
}


def disguised(text: str, language: str, disguise: Disguise) -> str:
    """The text with every telling word of it disguised."""
    reading = read(Submission("note", text, language))
    parts, at = [], 0
    for symbol, span in zip(reading.shape.symbols, reading.shape.spans, strict=True):
        if symbol not in telling_symbols():
            continue
        start, end = reading.folded.span(*span)
        parts += [text[at:start], _each_word(text[start:end], language, disguise)]
        at = end
    return "".join([*parts, text[at:]])


def _each_word(words: str, language: str, disguise: Disguise) -> str:
    return disguise(words) if language == "zh" else " ".join(map(disguise, words.split(" ")))
