"""Writing an archive: JSON lines and pictures, straight into the zip."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO

import orjson
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from feeds.archive.acts import FILES
from feeds.archive.contents import Line, profile_of
from notes.models import Image, Note

FORMAT = 2
BLOCK = 1 << 16
Report = Callable[[int], None]


def write_archive(person: User, out: IO[bytes], report: Report) -> None:
    """Write a zip of everything of a person; `report` hears of each percent."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        about = {"format": FORMAT, "made_at": timezone.now(), "username": person.username}
        archive.writestr("redleaf.json", _json(about))
        archive.writestr("profile.json", _json(profile_of(person)))
        for name, rows in FILES.items():
            with archive.open(f"{name}.jsonl", "w", force_zip64=True) as file:
                for row in rows(person):
                    file.write(_json(row) + b"\n")
        if person.avatar:
            _store(archive, f"avatars/{person.avatar}", f"avatar/{person.avatar}")
        _write_pictures(archive, person, report)


def _json(row: Line) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_UTC_Z)


def _write_pictures(archive: zipfile.ZipFile, person: User, report: Report) -> None:
    total = max(Note.objects.by(person).count(), 1)
    done, seen, last = 0, 0, 0
    for note_id, image in _pictures_of(person):
        if note_id != seen:
            seen, done = note_id, done + 1
            if (percent := done * 99 // total) > last:
                last = percent
                report(percent)
        for width in Image.WIDTHS:
            _store(archive, image.file_name(width), image.file_name(width))


def _pictures_of(person: User) -> Iterator[tuple[int, Image]]:
    ready = Image.objects.filter(owner=person, status=Image.Status.READY)
    for image in ready.order_by("note_id", "position", "pk").iterator(chunk_size=BLOCK // 256):
        yield image.note_id or 0, image


def _store(archive: zipfile.ZipFile, source: str, name: str) -> None:
    """Copy a file of the storage; WebP does not get smaller. One that is gone is left out."""
    with suppress(FileNotFoundError), default_storage.open(source) as file:
        entry = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
        with archive.open(entry, "w") as into:
            while block := file.read(BLOCK):
                into.write(block)
