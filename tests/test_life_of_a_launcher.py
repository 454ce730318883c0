"""The life of bin/run: it looks after its services, it is killed outright, it starts again.

One test: a start takes its time.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.datadir import remove
from launcher.leftovers import end_all, lives
from launcher.tests.conftest import wait_for
from tests.journey.house import RUN, House, seconds_until
from tests.journey.people import Person

pytestmark = pytest.mark.journey


@pytest.fixture
def var(open_folder: Path) -> Iterator[Path]:
    var = open_folder / "killed"
    yield var
    if var.exists():
        end_all(var)
        remove(var)


def test_the_life_of_a_launcher(var: Path) -> None:
    house = House(var)
    try:
        assert_a_second_start_says_why_not(house)
        assert_what_dies_is_started_again(house)
        ann = Person(house.url, "ann")
        note = ann.post("Kept through the night")["id"]
        seconds_until("published", lambda: ann.state(note) == "published", 30)
        assert len(house.processes()) >= 6
        assert house.launcher.signal(signal.SIGKILL) == -signal.SIGKILL
        seconds_until("no process is left", lambda: house.processes() == [], 15)
    finally:
        house.close()

    # A killed launcher left no process and every note.
    again = House(var)
    try:
        ann.http.base_url = again.url
        waiting = ann.post("The morning after")["id"]
        seconds_until("published again", lambda: ann.state(waiting) == "published", 30)
        assert ann.notes_of(ann.username) == [waiting, note]
        picture = ann.read(note)["images"][0]["urls"]["720"]
        assert ann.http.get(picture).status_code == 200
        assert again.launcher.signal(signal.SIGINT) == 128 + signal.SIGINT
        assert again.launcher.said().endswith("Stopping…\n")
        assert again.processes() == []
    finally:
        again.close()
        ann.http.close()


def assert_a_second_start_says_why_not(house: House) -> None:
    second = subprocess.run(
        [RUN, "--no-demo", "--port", str(house.port)],
        env={"PATH": os.environ["PATH"], "REDLEAF_VAR": str(house.var)},
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert "already runs" in second.stdout + second.stderr


def assert_what_dies_is_started_again(house: House) -> None:
    assert sorted(house.launcher.pids) == ["beat", "postgres", "valkey", "web", "worker"]
    assert set(house.launcher.urls) == {"DATABASE_URL", "REDIS_URL", "REDLEAF_PORT"}
    families = {name: house.family(name) for name in ("web", "worker", "beat")}
    for family in families.values():
        family[0].kill()
    for name, family in families.items():
        wait_for(lambda name=name, family=family: house.pid(name) != family[0].pid)  # type: ignore[misc]
        assert [process for process in family if lives(process)] == []
    house.await_ready()
