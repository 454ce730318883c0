"""manage.py import_export: restore people from the zips that another Redleaf made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feeds.archive.reading import BadArchiveError, Restored, read_archives


class Command(BaseCommand):
    help = "Restore people from their exports. They choose a password by resetting it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", help="of all who move together")
        parser.add_argument("--username", default="", help="another handle than in the file")
        parser.add_argument(
            "--people",
            action="store_true",
            help="also follow, block and mute the people with the same handles here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files, username = options["files"], options["username"]
        if username and len(files) > 1:
            raise CommandError("--username is for one file.")
        try:
            everybody = read_archives(files, username, people=options["people"])
        except BadArchiveError as error:
            raise CommandError(f"{', '.join(map(str, files))}: {error}") from error
        for restored in everybody:
            self.stdout.write(told(restored))


def told(restored: Restored) -> str:
    """Who is here now with what, and what is not."""
    notes, comments = len(restored.notes), len(restored.comments)
    here = f"@{restored.person.username} is here, with {notes} notes and {comments} comments."
    missing = [f"{count} {name}" for name, count in restored.left_out.items() if count]
    return f"{here} Left out: {', '.join(missing)}." if missing else here
