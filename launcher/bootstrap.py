"""Makes .venv with the standard library alone, then hands over to the launcher inside it."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

# This file must parse on any Python 3, or an old one could not say that it is too old.
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
OLDEST = (3, 11)
TEST_WARE = ("test", "screenshots", "bench")


def need_a_recent_python() -> None:
    """Start over with a newer Python of the PATH when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Redleaf needs Python 3.11 or newer; python3 is {sys.version.split()[0]}.")


def fingerprint(requirements: Path) -> str:
    """What the environment is made of: a change of any of it means installing again."""
    files = {ROOT / "requirements.txt", ROOT / "constraints.txt", requirements}
    parts = [os.path.realpath(PYTHON).encode(), *(file.read_bytes() for file in sorted(files))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_sound() -> bool:
    """Whether .venv was finished and its Python still runs."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    probe = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.call([PYTHON, "-c", probe], stderr=subprocess.DEVNULL) == 0


def is_current(stamp: Path, requirements: Path) -> bool:
    """Whether nothing changed since the stamp was written."""
    if UNFINISHED.exists() or not PYTHON.exists() or not stamp.exists():
        return False
    return stamp.read_text() == fingerprint(requirements)


def call(lock: int, *command: str) -> bool:
    """Run it and say whether it went well. It inherits the lock and takes its children along."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, pass_fds=[lock], start_new_session=True
    )
    try:
        return process.wait() == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def make_venv(lock: int) -> None:
    """An empty environment, in place of a broken or half-made one."""
    PYTHON.unlink(missing_ok=True)  # first: what is half removed must not look sound
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if not call(lock, sys.executable, "-m", "venv", str(VENV)):
        sys.exit("Python could not make .venv (on Debian and Ubuntu: apt install python3-venv).")


def install(requirements: Path, lock: int) -> None:
    """Install what the file lists."""
    UNFINISHED.touch()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Half of the time would go to compiling what is mostly never imported; Python keeps what it
    # compiles itself as long as it may write here.
    pip += ["--root-user-action=ignore", "--no-compile", "--requirement", str(requirements)]
    if not call(lock, *pip):
        sys.exit("The packages could not be installed; see above. The next start tries again.")
    UNFINISHED.unlink()


def ensure_environment(requirements: Path) -> None:
    """Make .venv hold what the file lists. One process at a time does so, the others wait."""
    stamp = VENV / (requirements.stem + ".stamp")
    lock = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    if is_current(stamp, requirements):
        return
    if is_sound():
        print("Updating the environment…", flush=True)
    else:
        print("Making the environment (first time, about a minute)…", flush=True)
        make_venv(lock)
    install(requirements, lock)
    # What the checks need holds what the app needs.
    for each in {requirements, ROOT / "requirements.txt"}:
        (VENV / (each.stem + ".stamp")).write_text(fingerprint(each))


def main() -> None:
    """bootstrap.py run|manage|test|bench|screenshots ARGUMENTS"""
    need_a_recent_python()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    name = "requirements-dev.txt" if sys.argv[1] in TEST_WARE else "requirements.txt"
    ensure_environment(ROOT / name)
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    arguments = [str(PYTHON), "-P", "-m", "launcher", *sys.argv[1:]]
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    # Every start would compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execve(PYTHON, arguments, environment)


if __name__ == "__main__":
    main()
