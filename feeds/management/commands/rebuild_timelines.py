"""Make the timelines of Following anew from PostgreSQL."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from feeds.timelines import rebuild_all


class Command(BaseCommand):
    """manage.py rebuild_timelines [USERNAME ...]"""

    help = "Make timelines anew: of these people, or of all whose timeline exists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("usernames", nargs="*")

    def handle(self, *args: object, usernames: list[str], **options: object) -> None:
        self.stdout.write(f"{rebuild_all(usernames)} timelines made anew")
