"""A data directory for each test, and launchers that hold servers in it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from launcher.datadir import ROOT, remove, server_urls
from launcher.leftovers import MARK, end_all
from launcher.status import service_pids

# A launcher of the servers alone: it starts in two seconds and needs no application.
HOLD = """
import sys, pathlib
from launcher.__main__ import end_on_signals
from launcher.servers import servers
end_on_signals()
with servers(pathlib.Path(sys.argv[1])) as stack:
    print("up", flush=True)
    stack.tend_for_ever()
"""


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def marked(var: Path) -> list[str]:
    """Command lines of what runs for this data directory, a killed launcher's included."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(var):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


class Launcher:
    """A launcher in a process of its own, as a user would have started it."""

    def __init__(self, argv: list[str | Path], var: Path, **settings: str | int | Path) -> None:
        user = settings.pop("user", None)
        assert user is None or isinstance(user, int)
        # Nothing else of our environment, above all not the servers of these very tests.
        env = {name: os.environ[name] for name in ("PATH", MARK) if name in os.environ}
        env |= {"PYTHONPATH": str(ROOT), "REDLEAF_VAR": str(var)}
        env |= {name: str(value) for name, value in settings.items()}
        self.var = var
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by `launch`
        self.process = subprocess.Popen(
            argv,
            env=env,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

    def said(self) -> str:
        self.output.seek(0)
        return self.output.read()

    def until(self, text: str, seconds: float = 60) -> None:
        wait_for(lambda: text in self.said() or self.process.poll() is not None, seconds)
        assert text in self.said(), self.said()

    def signal(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)

    @property
    def urls(self) -> dict[str, str]:
        return server_urls(self.var)

    @property
    def pids(self) -> dict[str, int]:
        return service_pids(self.var)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may pass: pytest's own are closed."""
    with tempfile.TemporaryDirectory(prefix="redleaf-launcher-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o711)
        yield folder


@pytest.fixture
def var(open_folder: Path) -> Iterator[Path]:
    var = open_folder / "var"
    yield var
    if var.exists():
        end_all(var)
        remove(var)


Launch = Callable[..., Launcher]


@pytest.fixture
def launch(var: Path) -> Iterator[Launch]:
    """Start a launcher; whatever the test leaves of it is ended."""
    launched: list[Launcher] = []

    def start(*argv: str | Path, var: Path = var, **settings: str | int | Path) -> Launcher:
        launched.append(Launcher(list(argv), var, **settings))
        return launched[-1]

    yield start
    for launcher in launched:
        launcher.process.terminate()
        launcher.process.wait(40)
        launcher.output.close()


@pytest.fixture
def hold(launch: Launch, var: Path) -> Launch:
    """Start a launcher of the servers alone."""

    def start(
        *, python: str = sys.executable, var: Path = var, **settings: str | int | Path
    ) -> Launcher:
        return launch(python, "-P", "-c", HOLD, str(var), var=var, **settings)

    return start
