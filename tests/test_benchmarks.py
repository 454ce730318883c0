"""The figures can still be taken: benchmarks know tables and addresses that others change."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import LazySettings
from django.db import connection

from launcher.datadir import ROOT

SMALL = ("--people", "120", "--notes", "150", "--requests", "1")


@pytest.mark.django_db(transaction=True)
def test_figures_are_taken_with_nothing_set(settings: LazySettings) -> None:
    unset = ("ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    name = str(connection.settings_dict["NAME"])
    env["DATABASE_URL"] = re.sub(r"/[^/?]+(?=\?|$)", f"/{name}", env["DATABASE_URL"])
    if not (settings.VAR / "static" / "staticfiles.json").exists():  # the whole run has made it
        subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput"], check=True)
    command = [sys.executable, "-m", "benchmarks", "pages", "fan_out", "language", *SMALL]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    measured = [line for line in done.stdout.splitlines() if "x bare" in line]
    assert len(measured) == 11, done.stdout
    assert "ratio to raw" in done.stdout
    assert "language told right: 100 of 100 texts" in done.stdout
