"""Cursors of the feeds: opaque, and signed so that nobody makes one up."""

from __future__ import annotations

from functools import lru_cache

from django.core import signing

from accounts.models import User
from feeds.ranking import Scope

_signer = signing.Signer(salt="cursor")


class BadCursorError(ValueError):
    """The cursor was changed, or belongs to another feed."""


def _read(cursor: str, kind: str) -> list[str]:
    try:
        parts = _signer.unsign(cursor).split(".")
    except signing.BadSignature:
        raise BadCursorError from None
    if parts[0] != kind:
        raise BadCursorError
    return parts[1:]


def after_score(reader: User, score: int) -> str:
    return _signer.sign(f"f{reader.pk}.{score}")


def read_score(reader: User, cursor: str) -> int:
    return int(_read(cursor, f"f{reader.pk}")[0])


def after_place(reader: User, made: int, offset: int) -> str:
    return _signer.sign(f"h{reader.pk}.{made}.{offset}")


def read_place(reader: User, cursor: str) -> tuple[int, int]:
    made, offset = _read(cursor, f"h{reader.pk}")
    return int(made), int(offset)


@lru_cache(maxsize=1_000)
def after_offset(scope: Scope, version: str, offset: int) -> str:
    return _signer.sign(f"e{scope.language}-{scope.topic}.{version}.{offset}")


def read_offset(scope: Scope, cursor: str) -> tuple[str, int]:
    version, offset = _read(cursor, f"e{scope.language}-{scope.topic}")
    return version, int(offset)


def after_found(question: str, version: str, offset: int) -> str:
    return _signer.sign(f"s{question}.{version}.{offset}")


def read_found(question: str, cursor: str) -> tuple[str, int]:
    version, offset = _read(cursor, f"s{question}")
    return version, int(offset)
