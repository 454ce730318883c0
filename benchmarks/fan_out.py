"""Deliveries a core-second from one note to all its readers, beside raw pipelined commands."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from django.utils import timezone

from accounts.models import Follow, User
from feeds.delivery import fan_out
from feeds.store import client
from feeds.timelines import LENGTH, key_of
from notes.models import Note

ROUNDS = 7
GOAL = 100_000


def main() -> None:
    note = Note.objects.latest("pk")
    readers = _let_everybody_follow(note.author)
    _fill_timelines(readers)
    note.published_at = timezone.now()  # what is older is not pushed
    ours = _cost(lambda: fan_out(note))
    _check(readers, note)
    _fill_sorted_sets(readers)
    raw = _cost(lambda: _raw(readers, note.pk))
    _report("fan-out of one note", ours, len(readers))
    _report("raw pipelined ZADD and trim", raw, len(readers))
    client.delete(*(key_of(pk, 0) for pk in readers))  # what they hold is made up
    print(f"ratio to raw: {statistics.median(raw) / statistics.median(ours):.2f}")


def _let_everybody_follow(author: User) -> list[int]:
    others = list(User.objects.exclude(pk=author.pk).values_list("pk", flat=True))
    rows = [Follow(follower_id=pk, followee=author) for pk in others]
    Follow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
    return others


def _fill_timelines(readers: list[int]) -> None:
    full = [number for n in range(LENGTH) for number in (LENGTH - n, n)]
    for start in range(0, len(readers), 500):
        with client.pipeline(transaction=False) as pipe:
            for pk in readers[start : start + 500]:
                pipe.rpush(key_of(pk, 0), *full)
            pipe.execute()


def _check(readers: list[int], note: Note) -> None:
    """A figure without deliveries is none."""
    heads = {client.lindex(key_of(pk, 0), 1) for pk in readers}
    assert heads == {str(note.pk).encode()}, heads


def _fill_sorted_sets(readers: list[int]) -> None:
    full = {str(n): n for n in range(LENGTH)}
    for start in range(0, len(readers), 500):
        with client.pipeline(transaction=False) as pipe:
            for pk in readers[start : start + 500]:
                pipe.zadd(f"raw:{pk}", full)
            pipe.execute()


def _raw(readers: list[int], note: int) -> None:
    for start in range(0, len(readers), 500):
        with client.pipeline(transaction=False) as pipe:
            for pk in readers[start : start + 500]:
                pipe.zadd(f"raw:{pk}", {str(note): time.time()})
                pipe.zremrangebyrank(f"raw:{pk}", 0, -LENGTH - 1)
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
