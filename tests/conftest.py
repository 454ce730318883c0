"""The one Redleaf that journeys and browser share, started as anybody starts it."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.datadir import remove
from launcher.leftovers import end_all
from tests.journey.house import House


@pytest.fixture(scope="package")
def open_folder() -> Iterator[Path]:
    """A folder that any user may pass: the database of root runs as nobody."""
    with tempfile.TemporaryDirectory(prefix="redleaf-journey-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o711)
        yield folder


# Of this package: what is tested after it needs the processor for itself.
@pytest.fixture(scope="package")
def stack(open_folder: Path) -> Iterator[House]:
    """Everything up; after the last test everything is gone."""
    house = House(open_folder / "var")
    try:
        yield house
        assert house.launcher.signal(signal.SIGINT) == 128 + signal.SIGINT, house.launcher.said()
        assert house.processes() == []
    finally:
        house.close()
        end_all(house.var)
        remove(house.var)
