"""All services of one data directory, watched by one loop."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launcher.datadir import ROOT
from launcher.service import Service
from launcher.status import write_pids

TICK = 0.1
HOPELESS = 5
GRACE = 10


def say(text: str) -> None:
    print(text, flush=True)


class Stack:
    """Services in waves: started in order, stopped in reverse, started again when they die."""

    def __init__(self, var: Path, env: dict[str, str]) -> None:
        self.var = var
        self.env = env
        self._waves: list[list[Service]] = []

    @property
    def services(self) -> list[Service]:
        return [service for wave in self._waves for service in wave]

    def start(self, *services: Service) -> None:
        self._waves.append(list(services))
        for service in services:
            service.start()
        self._write_pids()

    def stop(self) -> None:
        while self._waves:
            wave = self._waves[-1]
            for service in wave:
                service.ask_to_stop()
            now = time.monotonic()
            for service in wave:
                service.make_stop(now + service.stop_seconds)
            self._waves.pop()

    def tend(self) -> None:
        """Start again what died."""
        started = [service for service in self.services if service.tend()]
        for service in started:
            say(f"{service.name} stopped and was started again; see {service.log}")
        if started:
            self._write_pids()

    def wait_until(self, condition: Callable[[], bool], pause: float = TICK) -> None:
        """Tend until it holds; exit with the end of the log when a service dies again and again."""
        while not condition():
            self.tend()
            for service in self.services:
                if service.failures >= HOPELESS:
                    raise SystemExit(f"{service.name} does not start.\n{_tail(service.log)}")
            time.sleep(pause)

    def tend_for_ever(self) -> None:
        while True:
            self.tend()
            time.sleep(TICK)

    def background(self, *commands: Sequence[str | Path]) -> bool:
        """Run commands side by side, out of reach of Ctrl-C; whether all of them went well."""
        running = [
            subprocess.Popen(argv, env=self.env, cwd=ROOT, start_new_session=True)
            for argv in commands
        ]
        try:
            return all([self._wait(process) == 0 for process in running])  # noqa: C419 - all of them
        finally:
            for process in running:
                process.kill()

    def foreground(
        self,
        argv: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> int:
        """Run a command with our terminal and return its exit code."""
        process = subprocess.Popen(argv, env={**self.env, **(env or {})}, cwd=cwd)
        try:
            return self._wait(process)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        while True:
            try:
                return process.wait(TICK)
            except subprocess.TimeoutExpired:
                self.tend()

    def _write_pids(self) -> None:
        write_pids(self.var, {service.name: service.pid for service in self.services})


def _tail(log: Path, lines: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
