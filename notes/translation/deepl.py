"""DeepL, and whatever speaks the second version of its HTTP API."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.asking import EngineError, ask
from notes.translation.port import UnsupportedError, texts_of

TARGETS = {"zh": "ZH-HANS", "en": "EN-US"}
AT_ONCE = 50


class DeepL:
    """A service with a key; texts leave this server for it."""

    name = "DeepL"

    def __init__(self, url: str, key: str) -> None:
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"DeepL-Auth-Key {key}"}

    def translate(
        self, texts: Sequence[str], source: str, target: str, deadline: float
    ) -> list[str]:
        if target not in TARGETS:
            raise UnsupportedError(target)
        translated: list[str] = []
        for start in range(0, len(texts), AT_ONCE):
            part = list(texts[start : start + AT_ONCE])
            translated += self._part(part, source, TARGETS[target], deadline)
        return translated

    def _part(self, texts: list[str], source: str, target: str, deadline: float) -> list[str]:
        body = {"text": texts, "source_lang": source.upper(), "target_lang": target}
        url = f"{self.url}/v2/translate"
        status, answer = ask("POST", url, deadline, body, self.headers)
        if status != 200 or not isinstance(answer, dict):
            raise EngineError(f"status {status}")
        rows = answer.get("translations")
        if not isinstance(rows, list):
            raise EngineError("the answer has another shape")
        return texts_of([row.get("text") for row in rows if isinstance(row, dict)], len(texts))
