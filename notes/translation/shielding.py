"""Keeping #topics, @mentions, links and emoji as they are while an engine rewrites the rest."""

from __future__ import annotations

import re

from notes.parsing import find_marks

_LINK = re.compile(
    r"https?://[^\s，。！？；）】」》]+|www\.[^\s，。！？；）】」》]+|[\w.+-]+@[\w-]+\.[\w.]+"
)
_EMOJI = re.compile(
    "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff"
    "\U000e0020-\U000e007f]+"
)
_WORDS = re.compile(r"\w")
_HOLD = re.compile(r"\{(\d+)\}")


def split_kept(text: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces; True marks those that are to stay as they are."""
    pieces, end = [], 0
    for start, stop in _kept_spans(text):
        if start >= end:
            pieces += [(text[end:start], False)] if start > end else []
            pieces.append((text[start:stop], True))
            end = stop
    return [*pieces, (text[end:], False)] if end < len(text) else pieces


def _kept_spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match, _ in find_marks(text)]
    for pattern in (_LINK, _EMOJI):
        spans += [match.span() for match in pattern.finditer(text)]
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def shield(text: str) -> tuple[str, list[str]] | None:
    """The text with {0}, {1} … in the place of what stays, and what stays.

    None where that would be ambiguous: the text holds such marks itself.
    """
    if _HOLD.search(text):
        return None
    kept: list[str] = []
    masked = ""
    for piece, stays in split_kept(text):
        if stays:
            masked += f"{{{len(kept)}}}"
            kept.append(piece)
        else:
            masked += piece
    return masked, kept


def unshield(translated: str, kept: list[str]) -> str | None:
    """Put back what stays; None when the engine lost or doubled a mark."""
    found = [int(number) for number in _HOLD.findall(translated)]
    if sorted(found) != list(range(len(kept))):
        return None
    return _HOLD.sub(lambda match: kept[int(match.group(1))], translated)


def has_words(text: str) -> bool:
    """Whether there is anything to translate beside what stays."""
    return any(not stays and _WORDS.search(piece) for piece, stays in split_kept(text))
