"""Asking a service for JSON without trusting it: not for long, not for much."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import requests
import urllib3

MOST_BYTES = 1_000_000
CHUNK = 65_536
# Seconds: what a service may ask of us when it is busy, and what we take where it says nothing.
LONGEST_WAIT, USUAL_WAIT = 3600, 60


class EngineError(Exception):
    """It did not answer, or not in time, or nonsense. Asking later may help."""


class BusyError(EngineError):
    """It asks for patience; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"busy for {wait} s")
        self.wait = wait


def ask(
    method: str,
    url: str,
    deadline: float,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, Any]:
    """The status and the JSON of an answer. Raises EngineError, and BusyError for a 429 or 503."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise EngineError("no time left")
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    bounds: dict[str, Any] = {"stream": True, "allow_redirects": False}
    try:
        with requests.request(
            method, url, json=body, headers=headers, timeout=left, **bounds
        ) as response:
            if response.status_code in (429, 503):
                raise BusyError(_wait(response.headers.get("Retry-After", "")))
            return response.status_code, json.loads(_read(response, deadline))
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise EngineError(f"no answer: {type(error).__name__}") from error
    except (ValueError, RecursionError) as error:
        raise EngineError("the answer is no JSON") from error


def _read(response: requests.Response, deadline: float) -> bytes:
    """What comes, as it comes: a service that drips is as bad as one that is silent."""
    read = bytearray()
    while chunk := response.raw.read1(CHUNK):
        read += chunk
        if len(read) > MOST_BYTES:
            raise EngineError("the answer is too large")
        if time.monotonic() > deadline:
            raise EngineError("the answer is too slow")
    return bytes(read)


def _wait(header: str) -> int:
    seconds = int(header) if header.isascii() and header.isdecimal() else USUAL_WAIT
    return min(max(seconds, 1), LONGEST_WAIT)
