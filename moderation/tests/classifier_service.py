"""A classifier on this machine that speaks the protocol of docs/classifiers.md, and misbehaves."""

from __future__ import annotations

import json
import time
from contextlib import AbstractContextManager
from typing import Any

from accounts.tests import http_service


class Service(http_service.Service):
    """`scores` is what it says."""

    def __init__(self) -> None:
        super().__init__(Handler)
        self.scores: Any = {}

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.server_port}/judge"


class Handler(http_service.Handler):
    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        getattr(self, self.server.mood)()

    def well(self) -> None:
        self.write(200, json.dumps({"scores": self.server.scores}).encode())

    def broken(self) -> None:
        self.write(500, b'{"scores": {"hate": 1}}')

    def busy(self) -> None:
        self.write(503, b"{}")

    def nonsense(self) -> None:
        self.write(200, b"<html>hello</html>")

    def odd(self) -> None:
        self.write(200, b'[{"scores": 7}]')

    def elsewhere(self) -> None:
        self.write(302, b"", Location="http://127.0.0.1:9/")

    def huge(self) -> None:
        """A hundred megabytes, as far as somebody listens."""
        self.start(200, 100_000_000)
        for _ in range(100):
            self.wfile.write(b" " * 1_000_000)

    def slow(self) -> None:
        """Even its headers drip, a byte at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(60):
            self.wfile.write(b"x")
            time.sleep(0.05)


def serving() -> AbstractContextManager[Service]:
    """A service that listens until the end of the block."""
    return http_service.serving(Service())
