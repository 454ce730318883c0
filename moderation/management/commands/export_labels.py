"""Write what moderators decided as labelled rows, for training."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand

from moderation.sampling import labelled


class Command(BaseCommand):
    help = "Write one JSON line for each text that a person decided on, to standard output."

    def handle(self, *args: object, **options: object) -> None:
        for row in labelled():
            self.stdout.write(json.dumps(row, ensure_ascii=False))
