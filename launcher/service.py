"""One supervised process: how it starts, comes back after a crash, and stops."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

LONGEST_PAUSE = 30
STEADY_SECONDS = 30
LARGEST_LOG = 5_000_000


@dataclass
class Service:
    """A process in a session of its own, so that Ctrl-C reaches the launcher alone."""

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str]
    log: Path
    cwd: Path = Path("/")
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 5
    stdin: bytes = b""
    user: int | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    failures: int = field(default=0, init=False)
    _started_at: float = field(default=0, init=False)
    _due_at: float | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def start(self) -> None:
        self._due_at, self._started_at = None, time.monotonic()
        with self._open_log() as log:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.PIPE if self.stdin else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.cwd,
                env=self.env,
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
                start_new_session=True,
            )
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError), self.process.stdin as pipe:
                pipe.write(self.stdin)

    def tend(self) -> bool:
        """Start it again when it died, after a pause that doubles; True when it just started."""
        if self.process is None or self.process.poll() is None:
            return False
        now = time.monotonic()
        if self._due_at is None:
            self._kill_group()
            self.failures = 1 if now - self._started_at > STEADY_SECONDS else self.failures + 1
            self._due_at = now + min(0.5 * 2 ** (self.failures - 1), LONGEST_PAUSE)
        if now < self._due_at:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def make_stop(self, deadline: float) -> None:
        """Wait until then, and kill what is still there."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0, deadline - time.monotonic()))
        self._kill_group()
        self.process.wait()
        self.process = None

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def _open_log(self) -> BinaryIO:
        self.log.parent.mkdir(exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_name(self.log.name + ".old"))
        return self.log.open("ab")
