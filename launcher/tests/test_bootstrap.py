"""The environment is made once, again after a change, and never left half-made."""

import shutil
import subprocess
from pathlib import Path

import pytest

from launcher.datadir import ROOT

FIRST = "Making the environment (first time, about a minute)…\n"
AGAIN = "Updating the environment…\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that requires nothing, so that making its environment needs no network."""
    checkout = tmp_path_factory.mktemp("check out 检出")
    (checkout / "launcher").mkdir()
    (checkout / "launcher" / "__init__.py").touch()
    (checkout / "launcher" / "__main__.py").write_text("import sys; print(sys.argv[1:])")
    shutil.copy(ROOT / "launcher" / "bootstrap.py", checkout / "launcher")
    shutil.copytree(ROOT / "bin", checkout / "bin")
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (checkout / name).write_text("# nothing\n")
    return checkout


def call(checkout: Path, script: str, *arguments: str) -> str:
    argv = [str(checkout / "bin" / script), *arguments]
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_the_life_of_an_environment(checkout: Path) -> None:
    assert call(checkout, "run", "--port", "1") == FIRST + "['run', '--port', '1']\n"
    assert call(checkout, "manage", "a b") == "['manage', 'a b']\n"
    assert call(checkout, "test") == AGAIN + "['test']\n"
    assert call(checkout, "test") == "['test']\n"
    (checkout / "requirements.txt").write_text("# nothing new\n")
    assert call(checkout, "run") == AGAIN + "['run']\n"
    assert call(checkout, "run") == "['run']\n"


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    call(checkout, "run")
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/usr/bin/python-of-long-ago")
    assert call(checkout, "run") == FIRST + "['run']\n"


def test_what_is_half_made_is_made_anew(checkout: Path) -> None:
    call(checkout, "run")
    (checkout / "requirements.txt").write_text("no such requirement\n")
    with pytest.raises(subprocess.CalledProcessError):
        call(checkout, "run")
    (checkout / "requirements.txt").write_text("# nothing\n")
    assert call(checkout, "run") == FIRST + "['run']\n"
