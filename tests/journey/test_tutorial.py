"""The tutorial of the API, run in a shell line by line as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from launcher.datadir import ROOT
from tests.journey.house import House
from tests.journey.photos import small_photo

pytestmark = pytest.mark.journey
TUTORIAL = ROOT / "docs" / "api.md"
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_runs_as_written(stack: House, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("THERE IS NO CURL: the tutorial cannot be run.")
    script = "".join(SHELL.findall(TUTORIAL.read_text()))
    assert script.count("curl") > 20
    (tmp_path / "photo.jpg").write_bytes(small_photo())
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "api": f"{stack.url}/api/v1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    archive = zipfile.ZipFile(tmp_path / "everything.zip")
    assert b"By the lake #redleaf" in archive.read("notes.jsonl")
    archive.close()
