"""bin/manage: manage.py against the running servers, or with servers just for it."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator

from launcher.datadir import ROOT, default, server_urls
from launcher.servers import environment, servers

PYTHON = sys.executable
MANAGE = str(ROOT / "manage.py")


def manage(arguments: list[str]) -> int:
    var = default()
    urls = server_urls(var)
    argv = [PYTHON, MANAGE, *arguments]
    if urls or {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        os.execve(PYTHON, argv, environment(var, urls))
    with servers(var) as stack, ctrl_c_left_to_the_child():
        return stack.foreground(argv)


@contextlib.contextmanager
def ctrl_c_left_to_the_child() -> Iterator[None]:
    """A command in our terminal gets Ctrl-C itself; we wait for what it makes of it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
