"""What a translation engine is to us, and the ways in which it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class EngineError(Exception):
    """It did not answer, or not in time, or nonsense. Asking later may help."""


class BusyError(EngineError):
    """It asks for patience; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"busy for {wait} s")
        self.wait = wait


class UnsupportedError(Exception):
    """It does not know one of the languages. Asking again is of no use."""


class Engine(Protocol):
    """Translates texts. `name` is what readers are told."""

    name: str

    def translate(
        self, texts: Sequence[str], source: str, target: str, deadline: float
    ) -> list[str]:
        """Return one text for each, in their order.

        `source` and `target` are ISO 639-1 codes, `deadline` is a time of `time.monotonic`.
        Raises EngineError and UnsupportedError.
        """
        ...
