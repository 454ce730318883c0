"""What is done after a commit, and cannot spoil it any more."""

from __future__ import annotations

import time
from collections.abc import Callable

from celery import Task
from django.db import transaction

# Seconds the broker is left alone after it did not answer: one request waits, not all of them.
# What was not rung meanwhile the sweeps find.
PAUSE = 5.0
_away_until = 0.0


def after_commit(work: Callable[..., object], *args: object) -> None:
    """Do it once the transaction is committed; a failure is only logged."""

    # Not a partial: Django logs a failure under the __qualname__, which a partial has not.
    def do() -> None:
        work(*args)

    transaction.on_commit(do, robust=True)


def ring(task: Task, *args: object) -> None:
    """Ask a worker to look once the transaction is committed; a dead broker only delays it."""
    after_commit(_ring, task, *args)


def _ring(task: Task, *args: object) -> None:
    global _away_until
    if time.monotonic() < _away_until:
        return
    try:
        task.delay(*args)
    except Exception:
        _away_until = time.monotonic() + PAUSE
        raise
