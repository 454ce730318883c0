"""bin/test and bin/bench: checks, tests and figures, against servers that are thrown away."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from launcher import chromium
from launcher.datadir import ROOT
from launcher.manage import ctrl_c_left_to_the_child
from launcher.postgres import NAME
from launcher.servers import servers
from launcher.stack import Stack, say

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
MIGRATE = (*MANAGE, "migrate", "--verbosity=0")
PYTEST = (PYTHON, "-m", "pytest")
# A server as it stands on the Internet: the settings of one's own machine would not pass.
PRODUCTION = {
    "ALLOWED_HOSTS": "redleaf.example",
    "REDLEAF_ORIGIN": "https://redleaf.example",
    "REDLEAF_INSECURE_HTTP": "0",
    "REDLEAF_ACCEL": "1",
}
CHECKS: tuple[tuple[str, tuple[str, ...], Mapping[str, str]], ...] = (
    ("ruff check", (PYTHON, "-m", "ruff", "check", "--quiet"), {}),
    ("ruff format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet"), {}),
    ("import-linter", (str(Path(PYTHON).with_name("lint-imports")), "--no-cache", "--no-logo"), {}),
    ("settings", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    ("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run"), {}),
    ("messages", (*MANAGE, "messages", "check"), {}),
    ("compiling messages", (*MANAGE, "messages", "compile"), {}),
    ("static files", (*MANAGE, "collectstatic", "--noinput", "--verbosity=0"), {}),
)
MYPY = (PYTHON, "-m", "mypy", ".", "--no-error-summary")  # the slowest: beside all others
# In their order: what empties tables comes after what needs the rows of migrations.
# One process more than cores: the one with the journeys waits for servers half of its time.
TESTS = (*PYTEST, "-n", str((os.cpu_count() or 1) + 1), "--durations=20")


def test(arguments: list[str]) -> int:
    """Everything; or, with arguments, pytest with these. Returns the first failure's exit code."""
    _provide_chromium(install=not arguments)
    with servers(_throw_away_folder(), throw_away=True) as stack, ctrl_c_left_to_the_child():
        # Whoever sets it has each of some fifty processes compile everything anew.
        stack.env.pop("PYTHONDONTWRITEBYTECODE", None)
        if arguments:
            return stack.foreground([*PYTEST, *arguments])
        return _check_everything(stack)


def bench(arguments: list[str]) -> int:
    """The commands of benchmarks/, named by the arguments; all without any."""
    with servers(_throw_away_folder(), throw_away=True) as stack, ctrl_c_left_to_the_child():
        for argv in (MIGRATE, *(check[1] for check in CHECKS[-2:])):
            if code := stack.foreground(argv, {}, ROOT):
                return code
        return stack.foreground([PYTHON, "-m", "benchmarks", *arguments])


def _check_everything(stack: Stack) -> int:
    begun = time.monotonic()
    types = subprocess.Popen(MYPY, env=stack.env, cwd=ROOT)
    try:
        code = 0
        for title, argv, env in CHECKS:
            code = code or _step(title, partial(stack.foreground, argv, env, ROOT))
        copies = {}
        if "DATABASE_URL" not in os.environ:  # nobody's own
            # Each process of the tests copies what is migrated once.
            code = code or _step("database", partial(stack.foreground, MIGRATE, {}, ROOT))
            copies = {"REDLEAF_TEMPLATE": NAME}
        code = code or _step("tests", partial(stack.foreground, TESTS, copies, ROOT))
        code = code or _step("mypy", types.wait)
    finally:
        types.kill()
        types.wait()
    if not code:
        say(f"== All passed in {time.monotonic() - begun:.0f} s")
    return code


def _step(title: str, work: Callable[[], int]) -> int:
    """Do it, and say how it went and how long it took."""
    say(f"== {title}")
    started = time.monotonic()
    code = work()
    say(f"{'failed' if code else 'passed'} in {time.monotonic() - started:.1f} s")
    return code


def _provide_chromium(*, install: bool) -> None:
    path = chromium.find_or_install() if install else chromium.find()
    if path:
        os.environ["CHROMIUM_PATH"] = path
        return
    say("!! No Chromium: THE BROWSER TESTS ARE SKIPPED. Install it or set CHROMIUM_PATH.")
    if os.environ.get("REDLEAF_REQUIRE_BROWSER") == "1":
        raise SystemExit("REDLEAF_REQUIRE_BROWSER is set, so this is a failure.")


def _throw_away_folder() -> Path:
    """A new data directory. Root's PostgreSQL runs as nobody, who must be able to pass."""
    folder = Path(tempfile.mkdtemp(prefix="redleaf-test-"))
    folder.chmod(0o711)
    return folder
