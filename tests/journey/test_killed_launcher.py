"""The launcher is killed outright: nothing runs on, and the next start finds every note."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.datadir import remove
from launcher.leftovers import end_all
from tests.journey.house import House, seconds_until
from tests.journey.people import Person

pytestmark = pytest.mark.journey


@pytest.fixture
def var(open_folder: Path) -> Iterator[Path]:
    var = open_folder / "killed"
    yield var
    if var.exists():
        end_all(var)
        remove(var)


def test_a_killed_launcher_leaves_no_process_and_every_note(var: Path) -> None:
    house = House(var)
    try:
        ann = Person(house.url, "ann")
        note = ann.post("Kept through the night")["id"]
        seconds_until("published", lambda: ann.state(note) == "published", 30)
        assert len(house.processes()) >= 6
        assert house.launcher.signal(signal.SIGKILL) == -signal.SIGKILL
        seconds_until("no process is left", lambda: house.processes() == [], 15)
    finally:
        house.close()

    again = House(var)
    try:
        ann.http.base_url = again.url
        waiting = ann.post("The morning after")["id"]
        seconds_until("published again", lambda: ann.state(waiting) == "published", 30)
        assert ann.notes_of(ann.username) == [waiting, note]
        picture = ann.read(note)["images"][0]["urls"]["720"]
        assert ann.http.get(picture).status_code == 200
        assert again.launcher.signal(signal.SIGINT) == 128 + signal.SIGINT
        assert again.processes() == []
    finally:
        again.close()
        ann.http.close()
