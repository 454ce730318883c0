"""Deliveries a core-second from one note to all its readers, beside raw pipelined commands."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from accounts.models import Follow, User
from feeds.store import client
from feeds.timelines import COMPLETE, LENGTH, fan_out, key_of
from notes.models import Note

ROUNDS = 7
GOAL = 100_000


def main() -> None:
    note = Note.objects.latest("pk")
    readers = _let_everybody_follow(note.author)
    _fill_timelines(readers)
    ours = _cost(lambda: fan_out(note))
    raw = _cost(lambda: _raw(readers, note.pk))
    _report("fan-out of one note", ours, len(readers))
    _report("raw pipelined ZADD and trim", raw, len(readers))
    print(f"ratio to raw: {statistics.median(raw) / statistics.median(ours):.2f}")


def _let_everybody_follow(author: User) -> list[int]:
    others = list(User.objects.exclude(pk=author.pk).values_list("pk", flat=True))
    rows = [Follow(follower_id=pk, followee=author) for pk in others]
    Follow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
    return others


def _fill_timelines(readers: list[int]) -> None:
    full = {str(n): n for n in range(LENGTH)}
    for start in range(0, len(readers), 500):
        with client.pipeline(transaction=False) as pipe:
            for pk in readers[start : start + 500]:
                pipe.zadd(key_of(pk, 0), full)
                pipe.zadd(key_of(pk, 0), {COMPLETE: "+inf"})
            pipe.execute()


def _raw(readers: list[int], note: int) -> None:
    for start in range(0, len(readers), 500):
        with client.pipeline(transaction=False) as pipe:
            for pk in readers[start : start + 500]:
                pipe.zadd(key_of(pk, 0), {str(note): time.time()})
                pipe.zremrangebyrank(key_of(pk, 0), 0, -LENGTH - 2)
            pipe.execute()


def _cost(work: Callable[[], object]) -> list[float]:
    """CPU seconds of this process and of Redis together, in each round."""
    rounds = []
    for _ in range(ROUNDS):
        before = time.process_time() + _redis_cpu()
        work()
        rounds.append(time.process_time() + _redis_cpu() - before)
    return rounds


def _redis_cpu() -> float:
    info = client.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


def _report(name: str, rounds: list[float], deliveries: int) -> None:
    rates = sorted(deliveries / seconds for seconds in rounds)
    median = statistics.median(rates)
    spread = f"({rates[0]:,.0f} to {rates[-1]:,.0f})"
    verdict = "met" if median >= GOAL else "MISSED"
    print(f"{name:34} {median:10,.0f} deliveries/core-second {spread}  goal {GOAL:,}: {verdict}")
