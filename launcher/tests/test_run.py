"""bin/run where it cannot start: it says why, and leaves nothing. Its life is a journey."""

import socket
from pathlib import Path

from launcher.datadir import ROOT
from launcher.ports import free_port
from launcher.tests.conftest import Launch, marked

RUN = ROOT / "bin" / "run"


def test_a_port_in_use_is_named(launch: Launch, var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        launcher = launch(RUN, "--port", str(port))
        assert launcher.process.wait(30) == 1
    assert launcher.said() == f"Port {port} is in use; choose another one with --port.\n"
    assert marked(var) == []


def test_a_failure_of_the_app_is_shown_and_stops_everything(launch: Launch, var: Path) -> None:
    launcher = launch(RUN, "--no-demo", "--port", str(free_port()), REDLEAF_ORIGIN="leaf")
    assert launcher.process.wait(60) == 1
    assert "REDLEAF_ORIGIN must be" in launcher.said()
    assert launcher.said().endswith("Redleaf could not be prepared; see above.\n")
    assert marked(var) == []
