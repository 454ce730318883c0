"""`manage.py train_moderation TRAIN... --out FILE [--dev FILE]`: makes the text model."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.classifier import MODEL
from moderation.training.examples import Example, everyday_texts, read_rows, written_pairs
from moderation.training.grammar import sentences

PER_TEMPLATE = 12
# Others' rows may be shipped in a model only when their licence permits it.
SHIPPABLE = "permissive"


class Command(BaseCommand):
    """Reproducible: the same files give the same model, byte for byte."""

    help = "Train the text model from JSON lines, our own pairs and our own grammar."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("train", nargs="*", type=Path, help="rows to learn from (.jsonl[.gz])")
        parser.add_argument("--out", type=Path, default=MODEL, help="the model file to write")
        parser.add_argument("--dev", type=Path, help="rows to measure with")

    def handle(
        self, *args: object, train: list[Path], out: Path, dev: Path | None, **options: object
    ) -> None:
        if missing := [str(path) for path in [*train, *filter(None, [dev])] if not path.exists()]:
            raise CommandError(f"There is no {', '.join(missing)}.")
        begun, examples = time.monotonic(), _examples(train)
        self.stdout.write(f"{len(examples)} examples")
        fitting = _part("fitting")
        fitting.save(fitting.fit(examples, _about(examples)), out)
        self.stdout.write(
            f"{out}: {out.stat().st_size / 1e6:.1f} MB in {time.monotonic() - begun:.0f} s"
        )
        if dev is not None:
            for line in _part("measuring").report(out, list(read_rows([dev]))):
                self.stdout.write(line)


def _examples(train: list[Path]) -> list[Example]:
    rows = [row for row in read_rows(train) if row.tier == SHIPPABLE]
    return [*rows, *written_pairs(kept_back=False), *everyday_texts(), *sentences(PER_TEMPLATE)]


def _about(examples: list[Example]) -> dict[str, Any]:
    sources = Counter(f"{e.source} ({e.licence or 'ours'})" for e in examples)
    return {"version": "2026.11", "sources": dict(sorted(sources.items()))}


def _part(name: str) -> Any:
    # scikit-learn is for those who train; whoever runs Redleaf does without it.
    try:
        return import_module(f"moderation.training.{name}")
    except ImportError as error:
        raise CommandError(f"Training needs requirements-dev.txt: {error}") from error
