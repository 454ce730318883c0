"""A web server of its own, asked over HTTP, and what each answer cost it."""

from __future__ import annotations

import http.client
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psutil

from launcher.ports import free_port

ROUNDS = 7
WARM_UP = 60
REQUESTS = 200  # a round; see --requests
# What the bare view cost on the machine on which the goals were set, in milliseconds: noisy
# machines are compared by ratio.
REFERENCE_BARE = 0.2


class Server:
    """Granian with one worker, as bin/run starts it."""

    def __init__(self, port: int, process: psutil.Process) -> None:
        self.port = port
        self.process = process

    def cpu_seconds(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in family)

    def ask(self, path: str, headers: Mapping[str, str], times: int) -> bytes:
        """Ask `times` times over one connection; return the last body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = b""
        for _ in range(times):
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise SystemExit(f"{path} answered {response.status}: {body[:200]!r}")
        connection.close()
        return body

    def cost(self, path: str, headers: Mapping[str, str]) -> tuple[list[float], int]:
        """Return milliseconds of CPU a request in each round, and the size of the body."""
        size = len(self.ask(path, headers, min(WARM_UP, REQUESTS)))
        rounds = []
        for _ in range(ROUNDS):
            before = self.cpu_seconds()
            self.ask(path, headers, REQUESTS)
            rounds.append((self.cpu_seconds() - before) / REQUESTS * 1000)
        return rounds, size


@contextmanager
def serving(application: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "2", "--no-ws", "--log-level", "error"]
    command += ["--port", str(port), application]
    process = subprocess.Popen(command, env=os.environ)
    try:
        _wait(port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not start")


def report(name: str, rounds: list[float], size: int, bare: float, goal: float | None) -> None:
    """Print median, min and max, the ratio to the bare view and the goal."""
    median = statistics.median(rounds)
    ratio = median / (bare or math.nan)  # so few requests that the clock saw none of them
    verdict = ""
    if goal is not None:
        times = goal / REFERENCE_BARE
        met = "met" if ratio <= times else "MISSED"
        verdict = f"  goal {goal:g} ms, {times:.1f} x bare: {met}"
    print(
        f"{name:34} {median:6.2f} ms CPU ({min(rounds):.2f} to {max(rounds):.2f})"
        f"  {ratio:5.1f} x bare  {size / 1024:6.1f} KB{verdict}",
        flush=True,
    )
