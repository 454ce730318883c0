"""Which process is which service: services.json in the data directory."""

import json
from collections.abc import Mapping
from pathlib import Path

from launcher.datadir import write_private

FILE = "services.json"


def write_pids(var: Path, pids: Mapping[str, int]) -> None:
    write_private(var / FILE, json.dumps(pids))


def service_pids(var: Path) -> dict[str, int]:
    """Process ids by service name, as of the last start or restart; empty when nothing runs."""
    try:
        pids: dict[str, int] = json.loads((var / FILE).read_text())
    except FileNotFoundError:
        return {}
    return pids
