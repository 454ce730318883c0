"""Doorbells of the app, rung by the beat."""

from celery import shared_task

from feeds.archive.making import make_export
from feeds.archive.making import sweep_exports as sweep
from feeds.digests import send_digests
from feeds.erasure import erase_due
from feeds.ranking import refresh_common
from feeds.store import beat_heart
from feeds.timelines import deliver_published


@shared_task(name="feeds.deliver")
def deliver() -> None:
    beat_heart()
    deliver_published()


@shared_task(name="feeds.rank_explore")
def rank_explore() -> None:
    refresh_common()


@shared_task(name="feeds.digest")
def digest() -> None:
    send_digests()


@shared_task(name="feeds.erase")
def erase() -> None:
    erase_due()


@shared_task(name="feeds.export", time_limit=1800, soft_time_limit=1700)
def export(export_id: int) -> None:
    make_export(export_id)


@shared_task(name="feeds.sweep_exports", time_limit=1800, soft_time_limit=1700)
def sweep_exports() -> None:
    sweep()
