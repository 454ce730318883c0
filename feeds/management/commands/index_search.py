"""Write the index of search anew."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from feeds.search.indexing import rebuild
from feeds.search.sources import SOURCES


class Command(BaseCommand):
    """manage.py index_search [notes people topics boards]"""

    help = "Write the index of search anew: of these kinds, or of all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", choices=[*SOURCES, []])

    def handle(self, *args: object, kinds: list[str], **options: object) -> None:
        for name in kinds or SOURCES:
            started = time.monotonic()
            count = sum(rebuild(name))
            seconds = time.monotonic() - started
            self.stdout.write(f"{count} {name} indexed in {seconds:.1f} s")
