"""What is done after a commit, and cannot spoil it any more."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def after_commit(work: Callable[..., object], *args: object) -> None:
    """Do it once the transaction is committed; a failure, as of a dead broker, is only logged."""

    # Not a partial: Django logs a failure under the __qualname__, which a partial has not.
    def do() -> None:
        work(*args)

    transaction.on_commit(do, robust=True)
