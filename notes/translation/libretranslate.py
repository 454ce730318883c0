"""LibreTranslate over its HTTP API: https://docs.libretranslate.com."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

from accounts.asking import EngineError, ask
from notes.translation.port import UnsupportedError, texts_of

# Chinese is "zh" on older servers and "zh-Hans" on newer ones.
NAMES = {"zh": ("zh-Hans", "zh")}
CODES_KEPT_FOR = 3600


class LibreTranslate:
    """A server of one's own, or a public one with a key."""

    name = "LibreTranslate"

    def __init__(self, url: str, key: str = "") -> None:
        self.url = url.rstrip("/")
        self.key = key
        self._known = f"translation:codes:{self.url}"

    def translate(
        self, texts: Sequence[str], source: str, target: str, deadline: float
    ) -> list[str]:
        codes = self._codes(deadline)
        into = _code(target, codes)
        if into is None:
            raise UnsupportedError(target)
        body = {
            "q": list(texts),
            "source": _code(source, codes) or "auto",
            "target": into,
            "format": "text",
        }
        if self.key:
            body["api_key"] = self.key
        status, answer = ask("POST", f"{self.url}/translate", deadline, body)
        if status != 200 or not isinstance(answer, dict):
            # Its languages may have changed since we asked.
            cache.delete(self._known)
            raise EngineError(f"status {status}")
        return texts_of(answer.get("translatedText"), len(texts))

    def _codes(self, deadline: float) -> list[str]:
        """The codes of its languages, asked once an hour."""
        known: list[str] | None = cache.get(self._known)
        if known is None:
            status, answer = ask("GET", f"{self.url}/languages", deadline)
            known = _read_codes(answer) if status == 200 else []
            if not known:
                raise EngineError("it names no languages")
            cache.set(self._known, known, CODES_KEPT_FOR)
        return known


def _read_codes(answer: Any) -> list[str]:
    rows = answer if isinstance(answer, list) else []
    codes = [row.get("code") for row in rows if isinstance(row, dict)]
    return [code for code in codes if isinstance(code, str)]


def _code(language: str, codes: list[str]) -> str | None:
    """What this server calls a language."""
    return next((name for name in NAMES.get(language, (language,)) if name in codes), None)
