"""Pages of what was found. The order is kept for a while, so that no page repeats or skips."""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Sequence
from dataclasses import astuple
from datetime import timedelta
from typing import cast

from redis import Redis

from accounts.models import Viewer
from feeds import cursors
from feeds.search.finding import FINDERS, Question
from feeds.store import ask

KEPT_FOR = timedelta(minutes=20)


def page_of(
    kind: str, question: Question, viewer: Viewer, cursor: str, limit: int
) -> tuple[list[int], str]:
    """Return ids in their order and the cursor of the next page. Raises BadCursorError.

    What the ids stand for is asked for again, by whoever shows it: this is no permission.
    """
    name = _name(kind, question)
    version, offset = cursors.read_found(name, cursor) if cursor else ("", 0)
    order = _kept(version) if version else None
    if order is None:
        order = FINDERS[kind](question, viewer)
    end = offset + limit
    if len(order) <= end:
        return order[offset:], ""
    return order[offset:end], cursors.after_found(name, version or _keep(order), end)


def _name(kind: str, question: Question) -> str:
    """Ties a cursor to its question."""
    words = "\0".join((kind, *astuple(question))).encode("utf-8", "replace")
    return hashlib.sha256(words).hexdigest()[:16]


def _keep(order: Sequence[int]) -> str:
    version = secrets.token_hex(8)
    packed = struct.pack(f"{len(order)}q", *order)

    def keep(redis: Redis) -> None:
        redis.set(f"found:{version}", packed, ex=KEPT_FOR)

    ask(keep)
    return version


def _kept(version: str) -> list[int] | None:
    packed = cast("bytes | None", ask(lambda redis: redis.get(f"found:{version}")))
    return None if packed is None else list(struct.unpack(f"{len(packed) // 8}q", packed))
