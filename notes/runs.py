"""Words of another language within a text, each run of them marked with its language."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Language
from moderation.text import HAN

EAST = {"zh", "ja", "ko"}
_HAN = re.compile(f"[{HAN}](?:[{HAN}，。！？、；：“”‘’（）《》…—·]*[{HAN}。！？…])?")
_KANA = re.compile("[\u3041-\u30ff]")
# Not in addresses, handles and topics.
_LATIN = re.compile(
    r"(?<![\w@#/.:])[A-Za-z][A-Za-z'’-]+(?:[ ,;:!?&.-]+[A-Za-z][A-Za-z'’]*)*(?![\w@/]|://)"
)


def in_runs(text: str, language: str) -> SafeString:
    """The text, escaped; English within Chinese and Chinese within others say what they are.

    Told by script alone. `language` is that of most of the text; "" marks nothing.
    """
    found = _runs(text, language)
    if found is None:
        return format_html("{}", text)
    pattern, other = found
    pieces: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        run = format_html('<span lang="{}">{}</span>', other, match[0])
        pieces += [text[end : match.start()], run]
        end = match.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def _runs(text: str, language: str) -> tuple[re.Pattern[str], str] | None:
    if language == Language.CHINESE:
        return _LATIN, Language.ENGLISH.value
    if not language or language in EAST or _KANA.search(text):
        return None
    return _HAN, Language.CHINESE.value
