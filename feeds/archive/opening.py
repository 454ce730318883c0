"""An archive that was opened: whatever stands in it came from somebody and is checked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Picture

from accounts.words import checked
from feeds.archive.writing import FORMAT

LARGEST_PICTURE = 20 * 1024 * 1024
LARGEST_LINE = 1024 * 1024


class BadArchiveError(ValueError):
    """The file is not an archive of Redleaf, or was tampered with."""


def check(right: bool, problem: str) -> None:
    if not right:
        raise BadArchiveError(problem)


def check_choice(value: Any, choices: Collection[str], what: str) -> None:
    check(value in choices, f"There is no such {what}: {value!r}.")


class Archive:
    """The zip of one person."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        check(self.one("redleaf").get("format") == FORMAT, "This Redleaf does not know the format.")
        self.profile = self.one("profile")

    def one(self, name: str) -> dict[str, Any]:
        check(self._zip.getinfo(f"{name}.json").file_size <= LARGEST_LINE, "A file is too large.")
        found: dict[str, Any] = orjson.loads(self._zip.read(f"{name}.json"))
        return found

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self._zip.open(f"{name}.jsonl") as file:
            for line in iter(lambda: file.readline(LARGEST_LINE), b""):
                yield orjson.loads(line)

    def count(self, name: str) -> int:
        return sum(1 for _ in self.lines(name))

    def picture(self, name: str) -> tuple[ContentFile[bytes], Picture.Image]:
        """A picture of the archive, once it has proved to be a WebP without metadata."""
        check(self._zip.getinfo(name).file_size <= LARGEST_PICTURE, "A picture is too large.")
        with self._zip.open(name) as file:
            data = file.read(LARGEST_PICTURE + 1)
        with Picture.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            picture.load()
            metadata = {"exif", "xmp", "icc_profile"} & picture.info.keys()
        check(not metadata, "A picture carries metadata.")
        return ContentFile(data), picture


def keep(file: ContentFile[bytes], name: str) -> None:
    """Keep a picture under a name that is ours: a bucket would let it take another's place."""
    check(not default_storage.exists(name), "A picture is there already.")
    default_storage.save(name, file)


def text(line: dict[str, Any], name: str, longest: int) -> str:
    """A text of a line that no action checks. Raises ValidationError."""
    return checked(name, line[name], longest)
