"""Clearing away what nothing refers to: loose images, files without a row."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from zlib import crc32

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.avatars import EDGES, files_of
from accounts.commits import after_commit
from accounts.models import User
from notes.models import Image
from notes.rendering import delete_files, files_in

logger = logging.getLogger(__name__)

# How long an upload waits for the note it was made for.
LOOSE_FOR = timedelta(days=2)
# Younger files may belong to a row that is just being written.
FILES_OLDER_THAN = timedelta(days=1)
AT_MOST = 500


def sweep_loose_images() -> int:
    """Delete uploads that no note took; return how many."""
    old = Image.objects.loose().filter(created_at__lt=timezone.now() - LOOSE_FOR)
    with transaction.atomic():
        locked = old.select_for_update(skip_locked=True).order_by("created_at")
        gone = list(locked[:AT_MOST])
        Image.objects.filter(pk__in=[image.pk for image in gone]).delete()
        after_commit(delete_files, gone)
    return len(gone)


def sweep_files(hour: int | None = None) -> int:
    """Delete files that no row names; return how many.

    Each hour of the day takes its share of the folders; an hour may be given.
    """
    hour = timezone.now().hour if hour is None else hour
    deleted = 0
    for folder in _folders("images"):
        if int(folder, 16) % 24 == hour:
            deleted += _sweep_renditions(f"images/{folder}")
    return deleted + _sweep_avatars(hour) + _sweep_incoming()


def _folders(path: str) -> list[str]:
    """The folders in a folder; none where it is not there yet."""
    try:
        return default_storage.listdir(path)[0]
    except FileNotFoundError:
        return []


def _sweep_renditions(path: str) -> int:
    keys = _folders(path)
    known = set(Image.objects.filter(key__in=keys).values_list("key", flat=True))
    orphans = [f"{path}/{key}" for key in keys if key not in known]
    return _delete(name for orphan in orphans for name in files_in(orphan))


def _sweep_avatars(hour: int) -> int:
    """Those whose person is gone or wears another one."""
    files = [file for folder in EDGES for file in files_in(folder)]
    theirs = [file for file in files if crc32(file.encode()) % 24 == hour]
    known = User.objects.filter(avatar__in=[PurePosixPath(file).name for file in theirs])
    worn = {file for name in known.values_list("avatar", flat=True) for file in files_of(name)}
    return _delete(file for file in theirs if file not in worn)


def _sweep_incoming() -> int:
    names = files_in("incoming")
    images = Image.objects.filter(incoming__in=names).values_list("incoming", flat=True)
    avatars = User.objects.filter(incoming_avatar__in=names)
    known = {*images, *avatars.values_list("incoming_avatar", flat=True)}
    return _delete(name for name in names if name not in known)


def _delete(names: Iterator[str]) -> int:
    before, deleted = timezone.now() - FILES_OLDER_THAN, 0
    for name in names:
        try:
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                deleted += 1
        except OSError:
            logger.exception("the file %s could not be swept", name)
    return deleted
