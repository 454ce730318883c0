"""What a translation engine is to us, and the ways in which it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from accounts.asking import EngineError
from accounts.words import has_forbidden

# Its name for the circuit breaker.
SERVICE = "translation"


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


def texts_of(answered: object, asked: int) -> list[str]:
    """The texts of an answer. Raises EngineError for anything but as many strings."""
    if not isinstance(answered, list) or len(answered) != asked:
        raise EngineError("the answer has another shape")
    if not all(isinstance(text, str) for text in answered):
        raise EngineError("the answer holds no texts")
    if any(has_forbidden(text) for text in answered):
        raise EngineError("the answer holds characters that no text has")
    return answered
