"""A translation service on this machine that speaks the real protocols, and can misbehave."""

from __future__ import annotations

import json
import time
from contextlib import AbstractContextManager
from typing import Any

from accounts.tests import http_service

# What the service knows; anything else it answers between brackets.
DICTIONARY = {
    "秋天的湖": "The lake in autumn",
    "今天很开心。": "I am happy today.",
    "Autumn walk": "秋日散步",
    "What a day!": "多好的一天！",
}


class Service(http_service.Service):
    """LibreTranslate and DeepL in one."""

    def __init__(self) -> None:
        super().__init__(Handler)
        self.codes = ["en", "zh-Hans"]
        self.authorization = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http_service.Handler):
    server: Service

    def do_GET(self) -> None:
        rows = [{"code": code, "name": code, "targets": []} for code in self.server.codes]
        self.answer(200, rows if self.path == "/languages" else {"error": "Not found"})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.authorization = self.headers.get("Authorization", "")
        getattr(self, self.server.mood)(asked)

    def well(self, asked: dict[str, Any]) -> None:
        if self.path == "/v2/translate":
            rows = [
                {"text": spoken(text), "detected_source_language": "ZH"} for text in asked["text"]
            ]
            return self.answer(200, {"translations": rows})
        known = {*self.server.codes, "auto"}
        if not {asked["source"], asked["target"]} <= known:
            return self.answer(400, {"error": f"{asked['target']} is not supported"})
        return self.answer(200, {"translatedText": [spoken(text) for text in asked["q"]]})

    def forgetful(self, asked: dict[str, Any]) -> None:
        """It loses what stands between braces."""
        self.answer(200, {"translatedText": [spoken(t.replace("{0}", "")) for t in asked["q"]]})

    def broken(self, asked: dict[str, Any]) -> None:
        self.answer(500, {"error": "out of memory"})

    def busy(self, asked: dict[str, Any]) -> None:
        self.answer(429, {"error": "Slowdown"}, Retry_After="120")

    def nonsense(self, asked: dict[str, Any]) -> None:
        self.write(200, b"<html>hello</html>")

    def short(self, asked: dict[str, Any]) -> None:
        self.answer(200, {"translatedText": []})

    def numbers(self, asked: dict[str, Any]) -> None:
        self.answer(200, {"translatedText": [1 for _ in asked["q"]]})

    def odd(self, asked: dict[str, Any]) -> None:
        self.answer(200, {"translations": 7, "translatedText": 7})

    def huge(self, asked: dict[str, Any]) -> None:
        """A hundred megabytes, as far as somebody listens."""
        self.start(200, 100_000_000)
        try:
            for _ in range(100):
                self.wfile.write(b"x" * 1_000_000)
        except OSError:
            self.close_connection = True

    def slow(self, asked: dict[str, Any]) -> None:
        """It drips, a byte at a time, and never ends."""
        self.start(200, 1_000)
        try:
            while True:
                self.wfile.write(b" ")
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def answer(self, status: int, data: object, **headers: str) -> None:
        self.write(status, json.dumps(data).encode(), **headers)


def spoken(text: str) -> str:
    return DICTIONARY.get(text, f"[{text}]")


def serving() -> AbstractContextManager[Service]:
    """A service that listens until the end of the block."""
    return http_service.serving(Service())
