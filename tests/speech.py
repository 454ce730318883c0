"""What a page says, piece by piece, and in which language it says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

SPOKEN = {"alt", "aria-label", "placeholder", "title"}
# A title in the tab has no language of its own, whatever it names.
SILENT = {"script", "style", "code", "kbd", "template", "textarea", "svg", "title"}
ICON = "material-symbols"
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "use", "path",
}  # fmt: skip
# What is called so in both languages, and what people here call themselves.
NAMES = {
    "Redleaf", "红叶", "紅葉", "API", "CSV", "JSON", "JPEG", "PNG", "WebP", "AVIF", "GIF", "MB",
    "GB", "KB", "IP", "PIN", "UTC", "zip", "JavaScript", "yyds", "GOAT", "ann", "mei", "bo_wen",
    "Ann", "Bo", "bo", "TikTok", "小梅", "English", "中文",
    "简体中文", "繁體中文", "zh", "en", "en-US", "the", "tea", "zzz", "city", "walk", "Mac",
    "Control", "Command", "light", "dark", "小", "Aa", "永",
    "Moderators", "Senior", "moderators", "Auditors",  # roles are rows
}  # fmt: skip
_LATIN = re.compile(r"(?<![\w@#/.:-])[A-Za-z][A-Za-z'’]+(?![\w@/]|\.\w|://)")
_HAN = re.compile(r"[\u3400-\u9fff]+")


class Speech(HTMLParser):
    """Reads a page into `said`: (language, text) of all that is read, seen or spoken."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        # Of every open element: its name, its language, whether it is silent.
        self._open: list[tuple[str, str, bool]] = [("", "", False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        _, language, silent = self._open[-1]
        language = told.get("lang", language).lower()
        silent = silent or tag in SILENT or ICON in told.get("class", "")
        # After a colon a label says the name of what somebody made.
        labels = [text for name, text in told.items() if name in SPOKEN and tag != "link"]
        spoken = [label.split(": ")[0] for label in labels]
        if tag == "input" and told.get("type") in ("submit", "button"):
            spoken.append(told.get("value", ""))
        self.said += [(language, text) for text in spoken if not silent]
        if tag not in VOID:
            self._open.append((tag, language, silent))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _, _ in self._open]
        if tag in names[1:]:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        tag, language, silent = self._open[-1]
        is_zone = tag == "option" and "/" in data  # Europe/Rome is called so everywhere
        if not silent and not is_zone and data.strip():
            self.said.append((language, data))


def words_in(text: str, language: str) -> list[str]:
    """The words that a text in `language` should not hold."""
    return (_LATIN if language == "zh" else _HAN).findall(text)


def foreign_words(html: str, language: str, names: set[str]) -> Iterator[str]:
    """Words of the other script that the page says in its own language; `names` may be said."""
    speech = Speech()
    speech.feed(html)
    for tongue, text in speech.said:
        if tongue[:2] == language and tongue != "zh-latn":
            strange = [word for word in words_in(text, language) if word not in names]
            if strange:
                yield f"{' '.join(strange)} in “{' '.join(text.split())[:80]}”"
