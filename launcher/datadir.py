"""The data directory of one Redleaf: where it is, its lock and its private files."""

import contextlib
import fcntl
import importlib.util
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = "outside"  # a link to the part of it that had to lie elsewhere
CLEARING_SECONDS = 30


def default() -> Path:
    """REDLEAF_VAR, or var/ in the checkout."""
    return Path(os.environ.get("REDLEAF_VAR") or ROOT / "var").resolve()


def package_folder(name: str) -> Path:
    """Where an installed package lies, found without running any of its code."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {name} is not installed.")
    return Path(spec.submodule_search_locations[0])


def remove(var: Path) -> None:
    """Delete everything, also what lies elsewhere."""
    if (var / OUTSIDE).is_symlink():
        shutil.rmtree((var / OUTSIDE).resolve(), ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that only its owner reads, never leaving half of it."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def keep_secret(path: Path) -> str:
    """The secret in this file, made up the first time."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()


def server_urls(var: Path) -> dict[str, str]:
    """What the running launcher tells about its servers; empty when there is none."""
    file = var / "embedded.env"
    if not file.exists():
        return {}
    if (lock := try_lock(var)) is not None:  # left by a launcher that was killed
        os.close(lock)
        return {}
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


@contextlib.contextmanager
def locked(var: Path) -> Iterator[None]:
    """Hold the directory for this process; exit with a message when another one has it."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        file = open(var / "lock", "a+")  # noqa: SIM115
    except PermissionError as error:
        raise SystemExit(f"Redleaf cannot write its data: {error}") from None
    with file:
        deadline = time.monotonic() + CLEARING_SECONDS
        # lockf, not flock: a forked child must not keep the lock alive.
        while not _acquired(file.fileno()):
            holder = _holder(var)
            if psutil.pid_exists(holder) or time.monotonic() > deadline:
                raise SystemExit(f"Redleaf already runs in {var} (process {holder}).")
            time.sleep(0.1)  # the watchdog clears up after a launcher that was killed
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def try_lock(var: Path) -> int | None:
    """Lock without waiting and without signing; the open file, or None when it is taken."""
    descriptor = os.open(var / "lock", os.O_RDWR | os.O_CREAT)
    if _acquired(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def _acquired(descriptor: int) -> bool:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(var: Path) -> int:
    return int((var / "lock").read_text() or 0)
