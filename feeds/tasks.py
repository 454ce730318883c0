"""Doorbells of the app, rung by the beat."""

import subprocess
import sys

from celery import shared_task
from django.conf import settings

from feeds.archive.making import make_export
from feeds.archive.making import sweep_exports as sweep
from feeds.delivery import deliver_published, list_large_authors
from feeds.digests import send_digests
from feeds.erasure import erase_due
from feeds.homes import refresh_active
from feeds.meetings import write_down
from feeds.pools import list_fresh, promote
from feeds.prewarming import prewarm
from feeds.ranking import refresh_common
from feeds.search.indexing import tick
from feeds.search.popular import refresh_popular
from feeds.store import beat_heart


@shared_task(name="feeds.deliver")
def deliver() -> None:
    beat_heart()
    deliver_published()


@shared_task(name="feeds.rank_explore")
def rank_explore() -> None:
    refresh_common()


@shared_task(name="feeds.index")
def index(walk: bool) -> None:
    tick(walk)


@shared_task(name="feeds.popular_searches")
def popular_searches() -> None:
    refresh_popular()


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


@shared_task(name="feeds.rank_homes")
def rank_homes() -> None:
    refresh_active()


@shared_task(name="feeds.write_down")
def write_meetings() -> None:
    write_down()


@shared_task(name="feeds.tend_pools")
def tend_pools() -> None:
    promote()
    list_fresh()
    list_large_authors()


@shared_task(name="feeds.prewarm")
def prewarm_translations() -> None:
    prewarm()


@shared_task(name="feeds.learn", time_limit=1800, soft_time_limit=1700)
def learn(lesson: str) -> None:
    """In a process of its own: the worker stays as small as it was."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "learn", lesson]
    subprocess.run(command, check=True, timeout=1600)
