"""Making exports: the row is the queue, a worker at a time, five tries."""

from __future__ import annotations

import secrets
import tempfile
from datetime import timedelta

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from accounts.actions import verified_address, write_letter
from accounts.models import Export
from feeds.archive.writing import write_archive

MOST_ATTEMPTS = 5
# A worker that says nothing for so long is dead.
PATIENCE = timedelta(minutes=5)
State = Export.State


def make_export(export_id: int) -> None:
    """Make an export if nobody else is at it; safe to run twice."""
    if not _claim(export_id):
        return
    export = Export.objects.select_related("user").get(pk=export_id)
    with tempfile.TemporaryFile() as out:
        write_archive(export.user, out, lambda percent: _report(export_id, percent))
        size = out.tell()
        out.seek(0)
        name = default_storage.save(f"exports/{secrets.token_hex(16)}.zip", File(out))
    finished = Export.objects.filter(pk=export_id, state=State.RUNNING)
    after = {"state": State.READY, "progress": 100, "file": name, "size": size}
    if not finished.update(finished_at=timezone.now(), **after):
        default_storage.delete(name)  # somebody else was faster, or the person is gone
    elif address := verified_address(export.user):
        write_letter(address, "email/export", {"user": export.user}, export.user.ui_language)


def _claim(export_id: int) -> bool:
    now = timezone.now()
    dead = Q(state=State.RUNNING, claimed_at__lt=now - PATIENCE)
    free = Export.objects.filter(Q(state=State.QUEUED) | dead, pk=export_id)
    claimed = free.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=State.RUNNING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        free.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.FAILED)
    return claimed == 1


def _report(export_id: int, percent: int) -> None:
    Export.objects.filter(pk=export_id).update(progress=percent, claimed_at=timezone.now())


def sweep_exports() -> None:
    """Make what a lost message left; delete the files whose day is over."""
    for export in Export.objects.outdated():
        if export.file:
            default_storage.delete(export.file)
        Export.objects.filter(pk=export.pk).update(state=State.EXPIRED, file="")
    for pk in Export.objects.unfinished().order_by("pk").values_list("pk", flat=True)[:5]:
        make_export(pk)
