"""Cutting a text of several languages into passages of one, and translating those that need it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from moderation.language import detect
from notes.translation.shielding import has_words, shield, split_kept, unshield

_LINE = re.compile(r"(\n+)")
# After 。 always; after ? only where it does not stand within an address.
_SENTENCE_END = re.compile(
    r"(?<=[。！？…])(?![。！？…”’」』）])|(?<=[.!?])(?=\s)|(?<=[!?])(?=[\u3000-\u9fff])"
)
# A shorter one tells too little of its language, unless its script does.
SURE_LENGTH = 24

Translate = Callable[[Sequence[str], str], list[str]]


@dataclass(slots=True)
class Passage:
    """Neighbouring sentences of one language; `language` is "" for what holds no words."""

    text: str
    language: str


def passages_of(text: str, language: str) -> list[Passage]:
    """Cut a text, mostly in `language`, so that the passages joined are the text again."""
    passages: list[Passage] = []
    for line in _LINE.split(text):
        for sentence in filter(None, _SENTENCE_END.split(line)):
            spoken = language_of(sentence, language)
            last = passages[-1] if passages else None
            if last and "\n" not in last.text + sentence and last.language == spoken:
                last.text += sentence
            else:
                passages.append(Passage(sentence, spoken))
    return passages


def language_of(sentence: str, language: str) -> str:
    """The language of a sentence in a text that is mostly in `language`."""
    if not has_words(sentence):
        return ""
    plain = "".join(piece for piece, stays in split_kept(sentence) if not stays)
    found = detect(plain)
    if found in ("", language, "zh") or len(plain) >= SURE_LENGTH:
        return found or language
    return "en" if language in ("zh", "ja", "ko") else language


def joined(passages: list[Passage], language: str) -> str:
    """The text of passages; Chinese leaves no space where English needs one."""
    text = ""
    for passage in passages:
        gap = language == "en" and text and not text[-1].isspace() and passage.text[:1].isalnum()
        text += " " * bool(gap) + passage.text
    return text


@dataclass(slots=True)
class Work:
    """Passages by the language they are translated from."""

    target: str
    by_language: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, language: str) -> list[Passage]:
        passages = passages_of(text, language)
        for passage in passages:
            if passage.language not in ("", self.target):
                self.by_language[passage.language].append(passage)
        return passages

    def do(self, translate: Translate) -> None:
        """Translate in place; `translate` is given texts and the language they are in."""
        for language, passages in self.by_language.items():
            _translate(passages, translate, language)


def _translate(passages: list[Passage], translate: Translate, language: str) -> None:
    """All at once with marks for what stays; in pieces where the engine lost a mark."""
    asked, torn = [], []
    for passage in passages:
        shielded = shield(passage.text.strip())
        if shielded:
            asked.append((passage, *shielded))
        else:
            torn.append(passage)
    answers = translate([masked for _, masked, _ in asked], language) if asked else []
    for (passage, _, kept), answer in zip(asked, answers, strict=True):
        whole = unshield(answer.strip(), kept)
        if whole is None:
            torn.append(passage)
        else:
            passage.text = _with_space_of(passage.text, whole)
    if torn:
        _translate_pieces(torn, translate, language)


def _translate_pieces(passages: list[Passage], translate: Translate, language: str) -> None:
    cut = [split_kept(passage.text) for passage in passages]
    asked = [piece.strip() for pieces in cut for piece, stays in pieces if not stays]
    wordy = [text for text in asked if has_words(text)]
    answers = iter(translate(wordy, language) if wordy else [])
    for passage, pieces in zip(passages, cut, strict=True):
        passage.text = "".join(
            piece if stays or not has_words(piece) else _with_space_of(piece, next(answers).strip())
            for piece, stays in pieces
        )


def _with_space_of(original: str, translated: str) -> str:
    """The translation between the white space of the original."""
    start = original[: len(original) - len(original.lstrip())]
    return start + translated + original[len(original.rstrip()) :]
