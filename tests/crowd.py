"""Many at the same moment: a dozen as a rule, a hundred with REDLEAF_CROWD=100."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

CROWD = int(os.environ.get("REDLEAF_CROWD", "12"))
REPEATED = pytest.mark.parametrize("repeat", range(int(os.environ.get("REDLEAF_REPEATS", "1"))))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The results of all calls, begun in the same moment."""
    together = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            _begin(together)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def everybody(act: Callable[[int], Any], size: int = CROWD) -> list[Any]:
    """What each of a crowd gets who does this, with a number each, at once."""
    return at_once(*(lambda n=n: act(n) for n in range(size)))


def _begin(together: Barrier) -> None:
    """Wait for all the others; if one of them cannot come, nobody waits for it for ever."""
    try:
        _wait_as_long_as_it_takes()
    except BaseException:
        together.abort()
        raise
    together.wait()


def _wait_as_long_as_it_takes() -> None:
    """A hundred threads share one interpreter: what is a 503 in life is only slow here."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
