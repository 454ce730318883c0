"""A classifier on this machine that speaks the protocol of docs/classifiers.md, and misbehaves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Service(ThreadingHTTPServer):
    """`mood` is how it answers, `scores` what it says, `asked` what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood = "well"
        self.scores: Any = {}
        self.asked: list[dict[str, Any]] = []

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.server_port}/judge"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked hung up."""


class Handler(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *args: object) -> None:
        """Say nothing."""

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

    def write(self, status: int, body: bytes, **headers: str) -> None:
        self.start(status, len(body), **headers)
        self.wfile.write(body)

    def start(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def serving() -> Iterator[Service]:
    """A service that listens until the end of the block."""
    service = Service()
    thread = Thread(target=service.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
        thread.join()
