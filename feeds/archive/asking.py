"""Asking for an export, and the link to it."""

from __future__ import annotations

from django.core import signing
from django.db import transaction

from accounts.commits import ring
from accounts.models import Export, User
from feeds import tasks

_signer = signing.TimestampSigner(salt="export")


@transaction.atomic
def ask_for_export(person: User) -> Export:
    """Have everything of a person put into a zip; who asks twice gets the one being made."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    running = Export.objects.unfinished().filter(user=person).first()
    if running:
        return running
    export = Export.objects.create(user=person)
    ring(tasks.export, export.pk)
    return export


def link_of(export: Export) -> str | None:
    """The address of a finished export; whoever has it may open it, for 24 hours."""
    if export.state != Export.State.READY:
        return None
    return f"/exports/{_signer.sign(str(export.pk))}/"


def export_of(link: str) -> Export | None:
    """Return the export of a link that still opens."""
    try:
        pk = int(_signer.unsign(link, max_age=Export.KEPT_FOR))
    except (signing.BadSignature, ValueError):
        return None
    ready = Export.objects.filter(pk=pk, state=Export.State.READY, user__is_active=True)
    return ready.exclude(pk__in=Export.objects.outdated().values("pk")).first()
