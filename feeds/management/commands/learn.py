"""One lesson from reactions, in a process of its own: what it loads is gone when it ends."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from django.core.management.base import BaseCommand
from threadpoolctl import threadpool_limits

from feeds.figures import count_days
from feeds.lessons import count_topics, forget_encounters, learn_tastes
from feeds.replays import replay_nights
from feeds.sides import learn_sides

LESSONS: dict[str, tuple[Callable[[], object], ...]] = {
    "tastes": (learn_tastes, forget_encounters),
    "sides": (learn_sides, count_topics, count_days),
    "replay": (replay_nights,),
}


class Command(BaseCommand):
    """manage.py learn tastes|sides|replay; workers call it now and then."""

    help = (
        "Learn from reactions: which notes are liked by the same people, what bridges sides, and "
        "how well the likes of a day were foreseen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lesson", choices=[*LESSONS])

    def handle(self, *args: object, lesson: str, **options: object) -> None:
        with threadpool_limits(1, "blas"):
            for work in LESSONS[lesson]:
                work()
