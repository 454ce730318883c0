"""`manage.py demo`: fills Redleaf with people and notes that everybody can see are invented."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from feeds.demo import art, content
from feeds.demo.logins import login_table
from feeds.demo.plant import Crop, plant
from feeds.store import heart_beats

PAINTERS = 2


class Command(BaseCommand):
    """Plants the demo once."""

    help = "Fill Redleaf with demo people and their notes, in Chinese and English."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only when nobody is there")
        parser.add_argument("--logins", action="store_true", help="only tell how to log in")

    def handle(self, *args: object, if_empty: bool, logins: bool, **options: object) -> None:
        planted = User.objects.filter(username=content.AUTHOR).exists()
        if logins:
            self._tell(planted)
        elif if_empty and User.objects.exists():
            return
        elif planted:
            self.stderr.write("The demo is here already; nothing was changed.")
            self._tell(planted)
        else:
            self._plant()

    def _plant(self) -> None:
        if not settings.INSECURE_HTTP:
            raise CommandError("The password of the demo is known to all: not on a public server.")
        self.stderr.write("Painting and posting the demo; this takes about a minute…")
        start = time.monotonic()
        crop = plant(
            content.people(), content.posts(), content.trouble(), _painted, not heart_beats()
        )
        self.stderr.write(_summary(crop, time.monotonic() - start))
        self._tell(True)

    def _tell(self, planted: bool) -> None:
        if planted:
            self.stdout.write(login_table())


def _painted(sketches: Iterable[art.Sketch]) -> Iterator[bytes]:
    """Paint in processes of their own, in order."""
    # Spawned, so that no connection of this process is shared.
    with ProcessPoolExecutor(PAINTERS, mp_context=get_context("spawn")) as painters:
        yield from painters.map(art.paint, sketches)


def _summary(crop: Crop, seconds: float) -> str:
    return (
        f"{crop.people} people, {crop.notes} notes with {crop.images} pictures, "
        f"{crop.comments} comments, {crop.likes} likes and {crop.follows} follows "
        f"in {seconds:.0f} seconds."
    )
