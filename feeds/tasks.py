"""Doorbells of the app, rung by the beat."""

from celery import shared_task

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
