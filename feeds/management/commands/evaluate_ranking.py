"""Rank items for users from file to file with the recommender of the feeds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from threadpoolctl import threadpool_limits

from feeds.learning.evaluation import BadLineError, rank, read_asked, read_pairs


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


class Command(BaseCommand):
    """manage.py evaluate_ranking TRAIN USERS OUT K; needs no database."""

    help = (
        "Read TRAIN (user<TAB>item a line, in the order of time) and USERS "
        "(user[<TAB>candidate candidate ...] a line); write the K best items of each user to OUT."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("train", type=Path)
        parser.add_argument("users", type=Path)
        parser.add_argument("out", type=Path)
        parser.add_argument("k", type=positive)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known, asked = read_pairs(options["train"]), read_asked(options["users"])
            with threadpool_limits(1, "blas"):
                ranked, words = rank(known, asked, options["k"])
            with options["out"].open("w", encoding="utf-8") as out:
                for (user, _), items in zip(asked, ranked, strict=True):
                    out.write(f"{user}\t{' '.join(map(str, items))}\n")
        except (BadLineError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{len(ranked)} users ranked by {words}")
