"""Processes of a launcher that was killed: found by a mark in their environment, and ended."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from launcher.datadir import remove, try_lock

MARK = "REDLEAF_LAUNCHER"
SERVER_SIGNALS = {"postgres": signal.SIGINT, "valkey-server": signal.SIGTERM}
SERVER_SECONDS = 10


def end_all(var: Path) -> int:
    """End what carries the mark of this directory and say how many; the lock must be held.

    The application dies at once, as in any crash; then the servers close their files.
    """
    leftovers = dict(_marked(var))
    servers = [process for process, name in leftovers.items() if name in SERVER_SIGNALS]
    rest = [process for process in leftovers if process not in servers]
    for process in rest:
        _send(process, signal.SIGKILL)
    _await_end(rest)
    for process in servers:
        _send(process, SERVER_SIGNALS[leftovers[process]])
    for process in _await_end(servers):
        _send(process, signal.SIGKILL)
    for name in ("embedded.env", "services.json"):
        (var / name).unlink(missing_ok=True)
    return len(leftovers)


def watch(var: Path, env: Mapping[str, str], *, throw_away: bool) -> subprocess.Popen[bytes]:
    """Start a small shell that notices the end of this process, and then calls `clear_up`.

    Its standard input is a pipe that only this process can write to.
    """
    clearing = [sys.executable, "-P", "-m", "launcher", "clear-up", str(var)]
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read -r _; exec "$@"', "watchdog", *clearing, str(throw_away)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env,
        start_new_session=True,
    )


def clear_up(var: Path, *, throw_away: bool) -> None:
    """What the watchdog does, unless the next launcher was faster and does it itself."""
    if not var.exists() or (lock := try_lock(var)) is None:
        return
    end_all(var)
    if throw_away:
        remove(var)
    os.close(lock)


def _marked(var: Path) -> Iterator[tuple[psutil.Process, str]]:
    """Processes and their names."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(MARK) == str(var):
                yield process, process.name()


def _await_end(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Wait a while for them, and return those that live on.

    Some systems collect orphans late; what is only not collected yet has ended all the same.
    """
    deadline = time.monotonic() + SERVER_SECONDS
    while alive := [process for process in processes if lives(process)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return alive


def lives(process: psutil.Process) -> bool:
    """Whether it runs; a zombie does not."""
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.Error):
        process.send_signal(number)
