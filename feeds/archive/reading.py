"""Reading archives into another server: one person, or all who move together."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import orjson
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from PIL.Image import DecompressionBombError

from feeds.archive.opening import Archive, BadArchiveError
from feeds.archive.rejoining import comment_again, do_again, leave_out, let_in_again, meet_people
from feeds.archive.restoring import Restored, restore

__all__ = ["BadArchiveError", "Restored", "read_archives"]

BROKEN = (
    zipfile.BadZipFile, orjson.JSONDecodeError, DecompressionBombError, KeyError, TypeError,
    ValueError, OSError,
)  # fmt: skip


@transaction.atomic
def read_archives(
    paths: Sequence[Path], username: str = "", *, people: bool = False
) -> list[Restored]:
    """Make a person of each archive. Raises BadArchiveError, and then changes nothing.

    What they did with each other's notes is found again whatever the order of the files.
    `people` also follows, blocks and mutes those with the same handles here: only right on a
    server that takes over the people of another one.
    """
    try:
        return _read([Archive(path) for path in paths], username, people=people)
    except ValidationError as error:
        raise BadArchiveError("; ".join(error.messages)) from error
    except (*BROKEN, DatabaseError, AttributeError) as error:
        raise BadArchiveError(str(error)) from error


def _read(archives: list[Archive], username: str, *, people: bool) -> list[Restored]:
    everybody = [restore(archive, username) for archive in archives]
    together = [restored.person.pk for restored in everybody]
    for restored in everybody:
        restored.together = together
        if people:
            meet_people(restored)
        else:
            restored.left_out["people"] += restored.archive.count("people")
    for restored in everybody if people else []:
        let_in_again(restored)
    comment_again(everybody)
    for restored in everybody:
        do_again(restored)
        leave_out(restored)
    return everybody
