"""bin/run: everything up, everything supervised, everything gone after Ctrl-C."""

import http.client
import signal
import socket
from pathlib import Path

import psutil

from launcher.datadir import ROOT
from launcher.leftovers import lives
from launcher.ports import free_port
from launcher.tests.conftest import Launch, marked, wait_for

RUN = ROOT / "bin" / "run"
SERVICES = ["beat", "postgres", "valkey", "web", "worker"]


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def test_everything_runs_comes_back_and_stops(launch: Launch, var: Path) -> None:
    port = free_port()
    launcher = launch(RUN, "--no-demo", "--port", str(port))
    launcher.until(f"Redleaf is ready at http://127.0.0.1:{port}/\n", 120)
    assert status(port, "/readyz") == 200
    assert sorted(launcher.pids) == SERVICES
    assert set(launcher.urls) == {"DATABASE_URL", "REDIS_URL", "REDLEAF_PORT"}

    second = launch(RUN, "--no-demo", "--port", str(port))
    assert second.process.wait(30) == 1
    assert "already runs" in second.said()

    for name in ("web", "worker", "beat"):
        before = launcher.pids[name]
        family = [psutil.Process(before), *psutil.Process(before).children(recursive=True)]
        family[0].kill()
        wait_for(lambda name=name, before=before: launcher.pids[name] != before)  # type: ignore[misc]
        assert [process for process in family if lives(process)] == []
    wait_for(lambda: status(port, "/readyz") == 200)

    assert launcher.signal(signal.SIGINT) == 130
    assert launcher.said().endswith("Stopping…\n")
    assert marked(var) == []


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
