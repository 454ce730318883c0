"""bin/run: the servers, the web server, the worker and the beat, under one Ctrl-C."""

import argparse
import http.client
import os
import subprocess
import sys
from pathlib import Path

from launcher.datadir import ROOT, default
from launcher.ports import is_free
from launcher.servers import held, start_servers
from launcher.service import Service
from launcher.stack import Stack, say

MANAGE = (sys.executable, ROOT / "manage.py")
CELERY = (sys.executable, "-m", "celery", "--quiet", "-A", "config")
QUEUES = "moderation,feeds,mail,media"
TASK_SECONDS = 20


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    with held(default()) as stack:
        if not is_free(options.port):
            raise SystemExit(f"Port {options.port} is in use; choose another one with --port.")
        stack.env["REDLEAF_PORT"] = str(options.port)
        start_servers(stack)
        _prepare(stack)
        web, worker, beat = _web(stack, options.port), _worker(stack), _beat(stack)
        stack.start(web, worker, beat)
        url = f"http://127.0.0.1:{options.port}/"
        stack.wait_until(lambda: _is_ready(options.port), pause=0.3)
        worker.stop_seconds = TASK_SECONDS
        logins = "" if options.no_demo else _demo(stack, url)
        say(f"Redleaf is ready at {url}")
        say(f"{logins}Ctrl-C stops it. Logs: {stack.var / 'log'}")
        try:
            stack.tend_for_ever()
        finally:
            say("Stopping…")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Run Redleaf on this machine.")
    port = int(os.environ.get("REDLEAF_PORT") or 8000)
    parser.add_argument("--port", type=int, default=port, help=f"of the pages (now {port})")
    parser.add_argument("--no-demo", action="store_true", help="begin with an empty database")
    return parser.parse_args(arguments)


def _prepare(stack: Stack) -> None:
    say("Preparing the database, the translations and the static files…")
    prepared = stack.background(
        (*MANAGE, "migrate", "--verbosity=0"),
        (*MANAGE, "messages", "compile"),
        (*MANAGE, "collectstatic", "--noinput", "--verbosity=0"),
    )
    if not prepared:
        raise SystemExit("Redleaf could not be prepared; see above.")


def _web(stack: Stack, port: int) -> Service:
    options = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws")
    size = ("--workers", "1", "--blocking-threads", "4", "--log-level", "warning")
    argv = (sys.executable, "-m", "granian", *options, *size, "config.wsgi:application")
    return _service(stack, "web", argv)


def _worker(stack: Stack) -> Service:
    options = ("-Q", QUEUES, "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle")
    return _service(stack, "worker", (*CELERY, "worker", *options))


def _beat(stack: Stack) -> Service:
    schedule = stack.var / "beat-schedule"
    options = ("-l", "warning", "-s", schedule, "--pidfile=")
    return _service(stack, "beat", (*CELERY, "beat", *options))


def _service(stack: Stack, name: str, argv: tuple[str | Path, ...]) -> Service:
    return Service(name, argv, stack.env, stack.var / "log" / f"{name}.log", cwd=ROOT)


def _is_ready(port: int) -> bool:
    """Whether the pages, the database, Redis, the worker and the beat work together."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _demo(stack: Stack, url: str) -> str:
    """Fill an empty database; returns what to tell about the accounts of an earlier demo."""
    argv = (*MANAGE, "demo", "--logins")
    told = subprocess.run(
        argv, env=stack.env, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True
    ).stdout
    if not told:
        say(f"The pages are up at {url}; now come the notes of the demo, if there are none yet…")
        if not stack.background((*MANAGE, "demo", "--if-empty")):
            say("The demo could not be made; see above.")
    return told.decode()
