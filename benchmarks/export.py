"""The archive of somebody with 1,000 notes: its time, and whether its memory stays flat."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

# People of the world who get so many notes each; of so many other notes, what they like.
AUTHORS = {1: 100, 2: 1_000}
GOAL_SECONDS = 120
# What an allocator keeps or not from one run to the next.
GOAL_GROWTH_MB = 8
# Of the three renditions of a photo, in bytes.
SIZES = {360: 22_000, 720: 70_000, 1440: 210_000}

GIVE = """
UPDATE notes_note SET author_id = %(author)s WHERE id BETWEEN %(first)s AND %(last)s;
UPDATE notes_image SET owner_id = %(author)s WHERE note_id BETWEEN %(first)s AND %(last)s;
UPDATE moderation_case SET author_id = %(author)s WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO notes_version (note_id, case_id, number, title, body, place, second_title, second_body,
  named_topics, pictures, created_at, shown_at)
SELECT id, case_id, 1, title, body, '', '', '', '{}', '[]', created_at, created_at FROM notes_note
WHERE id BETWEEN %(first)s AND %(last)s;
INSERT INTO notes_like (user_id, note_id, created_at)
SELECT %(author)s, id, now() FROM notes_note WHERE id > %(others)s ORDER BY id LIMIT %(count)s;
"""


def main() -> None:
    others = sum(AUTHORS.values())
    first, peaks = 1, []
    for author, count in AUTHORS.items():
        last = first + count - 1
        given = {"author": author, "first": first, "last": last, "count": count, "others": others}
        with connection.cursor() as cursor:
            cursor.execute("UPDATE notes_note SET author_id = 3 WHERE author_id = %s", [author])
            cursor.execute("UPDATE notes_image SET owner_id = 3 WHERE owner_id = %s", [author])
            cursor.execute(GIVE, given)
        _draw(first, last)
        peaks.append(_report(author, count))
        first = last + 1
    growth = peaks[-1] - peaks[0]
    verdict = "met" if growth <= GOAL_GROWTH_MB else "MISSED"
    print(f"growth of the peak: {growth:.1f} MB  goal {GOAL_GROWTH_MB}: {verdict}")


def _draw(first: int, last: int) -> None:
    """Files as large as those of photos: what is in them costs an export nothing."""
    for pk in range(first, last + 1):
        key = _key(pk)
        folder = Path(settings.MEDIA_ROOT) / "images" / key[:2] / key
        folder.mkdir(parents=True, exist_ok=True)
        for width, size in SIZES.items():
            (folder / f"{width}.webp").write_bytes(os.urandom(size))


def _key(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM notes_image WHERE note_id = %s", [pk])
        return str(cursor.fetchone()[0])


def _report(author: int, count: int) -> float:
    """Export in a process of its own; print and return its peak of memory in MB."""
    command = [sys.executable, "-m", "benchmarks.export", str(author)]
    told = json.loads(subprocess.check_output(command))
    seconds, peak = told["seconds"], told["peak_mb"]
    verdict = "met" if seconds <= GOAL_SECONDS else "MISSED"
    print(
        f"{count:6,} notes  {seconds:6.1f} s  {told['cpu']:5.1f} s CPU  peak {peak:6.1f} MB"
        f"  zip {told['size_mb']:6.1f} MB  goal {GOAL_SECONDS} s: {verdict}",
        flush=True,
    )
    return float(peak)


def _export(author: int) -> None:
    """Do it as a worker does, and print what it cost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from accounts.models import Export
    from feeds.archive.making import make_export

    export = Export.objects.create(user_id=author)
    begun, cpu = time.monotonic(), time.process_time()
    make_export(export.pk)
    export.refresh_from_db()
    if export.state != Export.State.READY:
        raise SystemExit(f"the export is {export.state}")
    told = {
        "seconds": time.monotonic() - begun,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size_mb": (export.size or 0) / 1e6,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _export(int(sys.argv[1]))
