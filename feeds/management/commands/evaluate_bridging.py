"""Score comments of conversations from file to file with the bridging score of the feeds."""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feeds.learning.bridging import bridge, votes_of

Row = tuple[str, str, int]


def read(path: Path) -> dict[str, list[Row]]:
    """Participant, comment and vote by conversation. Raises CommandError naming the line."""
    conversations: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                conversation, *row = line.rstrip("\r\n").split("\t")[:4]
                if len(row) != 3 or row[2] not in {"1", "0", "-1"}:
                    raise CommandError(f"{path}:{number}: conversation, participant, comment, vote")
                conversations[conversation].append((row[0], row[1], int(row[2])))
    return conversations


class Command(BaseCommand):
    """manage.py evaluate_bridging VOTES OUT; needs no database."""

    help = (
        "Read VOTES (conversation<TAB>participant<TAB>comment<TAB>vote a line, 1 agree, 0 pass, "
        "-1 disagree); write conversation<TAB>comment<TAB>score to OUT."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("votes", type=Path)
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            conversations = read(options["votes"])
            with options["out"].open("w", encoding="utf-8") as out:
                for name, rows in conversations.items():
                    votes = votes_of(rows)
                    for comment, score in zip(
                        votes.comments, bridge(votes.known).score, strict=True
                    ):
                        out.write(f"{name}\t{comment}\t{score:.9f}\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{len(conversations)} conversations scored")
