"""PostgreSQL and Valkey for as long as a command needs them."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from launcher import leftovers
from launcher.datadir import keep_secret, locked, remove, write_private
from launcher.postgres import cluster
from launcher.stack import Stack, say
from launcher.valkey import Broker

SHARED = ("DATABASE_URL", "REDIS_URL", "REDLEAF_PORT")


def environment(var: Path, urls: dict[str, str]) -> dict[str, str]:
    """What Redleaf's processes find in their environment on one's own machine."""
    defaults = {
        "SECRET_KEY": keep_secret(var / "secret-key"),
        "REDLEAF_INSECURE_HTTP": "1",
        "MALLOC_ARENA_MAX": "2",  # half the memory of many threads, at no cost in speed
    }
    return {**defaults, **os.environ, **urls, "REDLEAF_VAR": str(var)}


@contextlib.contextmanager
def held(var: Path, *, throw_away: bool = False) -> Iterator[Stack]:
    """Hold the data directory, with nothing running yet; in the end nothing runs any more."""
    with locked(var):
        if leftovers.end_all(var):
            say("Ended what an earlier run left behind.")
        stack = Stack(var, environment(var, {leftovers.MARK: str(var)}))
        watchdog = leftovers.watch(var, stack.env, throw_away=throw_away)
        try:
            yield stack
        finally:
            stack.stop()
            watchdog.kill()
            watchdog.wait()
            leftovers.end_all(var)
            if throw_away:
                remove(var)


@contextlib.contextmanager
def servers(var: Path, *, throw_away: bool = False) -> Iterator[Stack]:
    """Hold the data directory with its servers running."""
    with held(var, throw_away=throw_away) as stack:
        start_servers(stack, throw_away=throw_away)
        yield stack


def start_servers(stack: Stack, *, throw_away: bool = False) -> None:
    """Start those that the environment does not name, and tell others where they are."""
    env, started, conditions = stack.env, [], []
    if "DATABASE_URL" not in env:
        postgres = cluster(stack.var)
        postgres.initialise(env, throw_away=throw_away)
        started.append(postgres.service(env, stack.var, throw_away=throw_away))
        conditions.append(postgres.answers)
        env["DATABASE_URL"] = postgres.url()
    if "REDIS_URL" not in env:
        broker = Broker()
        started.append(broker.service(env, stack.var, throw_away=throw_away))
        conditions.append(broker.answers)
        env["REDIS_URL"] = broker.url
    stack.start(*started)
    for condition in conditions:
        stack.wait_until(condition)
    shared = {name: env[name] for name in SHARED if name in env}
    write_private(stack.var / "embedded.env", "".join(f"{k}={v}\n" for k, v in shared.items()))
