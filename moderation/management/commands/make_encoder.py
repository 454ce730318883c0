"""`manage.py make_encoder TRAIN...`: makes the files of the sentence encoder from its package."""

from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from moderation.encoder import MODELS
from moderation.training.examples import everyday_texts, read_rows, written_pairs
from moderation.training.grammar import sentences

PER_TEMPLATE = 12


class Command(BaseCommand):
    """Reproducible; needed again only when another language or another network is wanted."""

    help = "Make moderation/models/sentences.*: kept are the subwords that these texts use."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("train", nargs="*", type=Path, help="rows of text (.jsonl[.gz])")
        parser.add_argument("--out", type=Path, default=MODELS, help="the folder to write to")

    def handle(self, *args: object, train: list[Path], out: Path, **options: object) -> None:
        try:
            encoding = import_module("moderation.training.encoding")
        except ImportError as error:
            raise CommandError(f"This needs requirements-dev.txt: {error}") from error
        own = [*written_pairs(kept_back=False), *everyday_texts(), *sentences(PER_TEMPLATE)]
        encoding.make((e.text for e in [*read_rows(train), *own]), out)
        for path in (out / "sentences.model", out / "sentences.npz"):
            self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
