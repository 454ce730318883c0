"""bin/manage: any command of manage.py, with the servers there are or with its own."""

import subprocess
from pathlib import Path

from launcher.datadir import ROOT
from launcher.tests.conftest import Launch, marked

MANAGE = ROOT / "bin" / "manage"
DATABASE_PORT = "from django.db import connection as c; print(c.settings_dict['PORT'])"


def test_its_own_servers_live_as_long_as_the_command(launch: Launch, var: Path) -> None:
    launcher = launch(MANAGE, "shell", "--no-imports", "-c", f"{DATABASE_PORT}; exit(7)")
    assert launcher.process.wait(30) == 7
    assert launcher.said().strip().isdigit()
    assert marked(var) == []


def test_running_servers_are_used_and_left_running(hold: Launch, launch: Launch) -> None:
    running = hold()
    running.until("up")
    launcher = launch(MANAGE, "shell", "--no-imports", "-c", DATABASE_PORT)
    assert launcher.process.wait(30) == 0
    assert f":{launcher.said().strip()}/" in running.urls["DATABASE_URL"]
    assert running.process.poll() is None


def test_standard_input_reaches_the_command(var: Path) -> None:
    done = subprocess.run(
        [MANAGE, "shell", "--no-imports"],
        input="print(6 * 7)",
        env={"PATH": "/usr/bin:/bin", "REDLEAF_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("42\n", "")
