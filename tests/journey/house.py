"""A Redleaf of our own, started by bin/run with its own database, Valkey, worker and beat."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from launcher.datadir import ROOT
from launcher.ports import free_port
from launcher.tests.conftest import Launcher, marked, wait_for
from notes.tests.engine import serving

START_SECONDS = 180
RUN = ROOT / "bin" / "run"
MANAGE = ROOT / "bin" / "manage"


class House:
    """bin/run in a data directory. Nothing of this process's servers reaches it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.translating = serving()
        self.engine = self.translating.__enter__()
        self.launcher = Launcher(
            [RUN, "--no-demo", "--port", str(self.port)], var, LIBRETRANSLATE_URL=self.engine.url
        )
        self.launcher.until(f"Redleaf is ready at {self.url}/\n", START_SECONDS)

    def pid(self, service: str) -> int:
        return self.launcher.pids[service]

    def family(self, service: str) -> list[psutil.Process]:
        """A service and the processes it started."""
        head = psutil.Process(self.pid(service))
        return [head, *head.children(recursive=True)]

    def manage(self, *arguments: str) -> str:
        """Run bin/manage against it and return what it printed."""
        env = {"PATH": os.environ["PATH"], "REDLEAF_VAR": str(self.var)}
        argv: list[str | Path] = [MANAGE, *arguments]
        done = subprocess.run(argv, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """Run a few lines with all models at hand; return the last line they printed."""
        return self.manage("shell", "--no-imports", "-c", code).strip().rpartition("\n")[2]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def await_ready(self) -> None:
        wait_for(self.is_ready, START_SECONDS)

    def log(self, service: str) -> str:
        return (self.var / "log" / f"{service}.log").read_text(errors="replace")

    def processes(self) -> list[str]:
        return marked(self.var)

    def close(self) -> None:
        """End it whatever state it is in."""
        self.launcher.process.terminate()
        self.launcher.process.wait(60)
        self.launcher.output.close()
        self.translating.__exit__(None, None, None)


def seconds_until(
    what: str, condition: Callable[[], object], within: float = 30, since: float | None = None
) -> float:
    """Poll until it holds, print and return how long that took; fail after `within` seconds.

    That is long after any goal: a machine that does much else at once fails no test.
    """
    begun = time.monotonic() if since is None else since
    while not condition():
        passed = time.monotonic() - begun
        assert passed < within, f"{what}: not within {within} s"
        time.sleep(0.05)
    passed = time.monotonic() - begun
    print(f"\n  {what}: {passed:.2f} s", end="")
    return passed
