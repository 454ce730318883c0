"""The Celery application and its whole timetable."""

import gc
import os
import sys
from functools import cache
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The clock needs none of Django: 30 MB less.
app = Celery("redleaf", fixups=[] if "beat" in sys.argv else None)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Each entry expires before it could pile up behind a slow one.
app.conf.beat_schedule = {
    "deliver published notes": {
        "task": "feeds.deliver",
        "schedule": 1.0,
        "options": {"expires": 5},
    },
    # A look at what is new costs a third of a walk.
    "index what is new": {
        "task": "feeds.index",
        "args": (False,),
        "schedule": 3.0,
        "options": {"expires": 6},
    },
    "index what was missed": {
        "task": "feeds.index",
        "args": (True,),
        "schedule": 15.0,
        "options": {"expires": 30},
    },
    "count popular searches": {
        "task": "feeds.popular_searches",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 300},
    },
    "rank explore": {"task": "feeds.rank_explore", "schedule": 5.0, "options": {"expires": 10}},
    "rank homes": {"task": "feeds.rank_homes", "schedule": 15.0, "options": {"expires": 30}},
    "write down what was met": {
        "task": "feeds.write_down",
        "schedule": 5.0,
        "options": {"expires": 10},
    },
    "tend pools": {"task": "feeds.tend_pools", "schedule": 30.0, "options": {"expires": 60}},
    "learn sides": {
        "task": "feeds.learn",
        "args": ("sides",),
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "learn tastes": {
        "task": "feeds.learn",
        "args": ("tastes",),
        "schedule": crontab(minute=34),
        "options": {"expires": 1800},
    },
    "replay nights": {
        "task": "feeds.learn",
        "args": ("replay",),
        "schedule": crontab(minute=52, hour=2),
        "options": {"expires": 3600},
    },
    "judge what waited": {"task": "moderation.sweep", "schedule": 5.0, "options": {"expires": 15}},
    "judge new names and bios": {
        "task": "moderation.judge_profiles",
        "schedule": 2.0,
        "options": {"expires": 5},
    },
    "draw cases to be checked": {"task": "moderation.draw_unsure", "schedule": crontab(3, 4)},
    "end sanctions at their time": {
        "task": "moderation.end_sanctions",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "send and show what is due": {
        "task": "notes.settle",
        "schedule": 1.0,
        "options": {"expires": 5},
    },
    "clear away orphans": {"task": "notes.sweep_orphans", "schedule": crontab(minute=43)},
    "render what waited": {"task": "notes.sweep", "schedule": 10.0, "options": {"expires": 30}},
    "make avatars and send letters that waited": {
        "task": "accounts.sweep",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "translate what waited": {
        "task": "notes.sweep_translations",
        "schedule": 15.0,
        "options": {"expires": 30},
    },
    "translate what rises": {
        "task": "feeds.prewarm",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "send digests": {"task": "feeds.digest", "schedule": crontab(minute=7)},
    "erase who left": {"task": "feeds.erase", "schedule": crontab(minute=23)},
    "make exports that waited": {
        "task": "feeds.sweep_exports",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "forget what is old": {"task": "accounts.forget", "schedule": crontab(minute=41)},
    "forget answered keys": {"task": "accounts.forget_answers", "schedule": crontab(minute=17)},
}


@cache
def read_models() -> None:
    """What judging needs, once."""
    from moderation import policy  # once Django is there

    policy.prepare()


@worker_before_create_process.connect
def share_memory(**_: Any) -> None:
    """Let the processes of a worker share what is loaded: a collection would copy it to each."""
    if "moderation" in app.amqp.queues.consume_from:
        read_models()
    gc.collect()
    gc.freeze()
