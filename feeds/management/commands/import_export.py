"""manage.py import_export: restore a person from the zip that another Redleaf made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feeds.archive.reading import BadArchiveError, read_archive


class Command(BaseCommand):
    help = "Restore a person from an export. They choose a password by resetting it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--username", default="", help="another handle than in the file")
        parser.add_argument(
            "--people",
            action="store_true",
            help="also follow the people with the same handles here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = read_archive(options["file"], options["username"], people=options["people"])
        except BadArchiveError as error:
            raise CommandError(f"{options['file']}: {error}") from error
        notes = person.notes.count()
        self.stdout.write(f"@{person.username} is here, with {notes} notes.")
