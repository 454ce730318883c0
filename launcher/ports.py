"""Ports of this machine."""

import random
import socket

# Below the ranges from which systems take ports for outgoing connections: a client that calls
# a server while it restarts could otherwise be given the server's own port.
OURS = range(20_000, 32_000)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    return next(port for port in random.sample(OURS, len(OURS)) if is_free(port))
