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
from pathlib import Path

import psutil

from launcher.ports import free_port

# Linux counts nanoseconds here; elsewhere there are hundredths of a second.
CLOCK = "*/schedstat"
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
        clocks = [clock for each in family for clock in Path(f"/proc/{each.pid}/task").glob(CLOCK)]
        if clocks:
            return sum(int(clock.read_text().split()[0]) for clock in clocks) / 1e9
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

    def cost(self, path: str, headers: Mapping[str, str]) -> float:
        """Return milliseconds of CPU a request."""
        before = self.cpu_seconds()
        self.ask(path, headers, REQUESTS)
        return (self.cpu_seconds() - before) / REQUESTS * 1000


def cost_beside(
    server: Server, path: str, headers: Mapping[str, str], bare: Server
) -> tuple[list[float], list[float], int]:
    """Rounds of a page and of the bare view in turns, for machines are not equally busy all the
    time; and the size of the page.
    """
    size = len(server.ask(path, headers, min(WARM_UP, REQUESTS)))
    bare.ask("/", {}, min(WARM_UP, REQUESTS))
    pairs = [(bare.cost("/", {}), server.cost(path, headers)) for _ in range(ROUNDS)]
    return [ours for _, ours in pairs], [limit for limit, _ in pairs], size


@contextmanager
def serving(application: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "2", "--no-ws", "--log-level", "error"]
    command += ["--port", str(port), application]
    # Counted as ever, but nobody has asked too often.
    env = {**os.environ, "REDLEAF_RATE_READS": "1000000"}
    process = subprocess.Popen(command, env=env)
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


def report(
    name: str, rounds: list[float], bare: list[float], size: int, goal: float | None
) -> None:
    """Print median, min and max, the ratio to the bare view and the goal."""
    median, limit = statistics.median(rounds), statistics.median(bare)
    ratio = median / (limit or math.nan)  # so few requests that the clock saw none of them
    verdict = ""
    if goal is not None:
        times = goal / REFERENCE_BARE
        met = "met" if ratio <= times else "MISSED"
        verdict = f"  goal {goal:g} ms, {times:.1f} x bare: {met}"
    print(
        f"{name:34} {median:6.2f} ms CPU ({min(rounds):.2f} to {max(rounds):.2f})"
        f"  {ratio:5.1f} x bare of {limit:.2f}  {size / 1024:6.1f} KB{verdict}",
        flush=True,
    )
