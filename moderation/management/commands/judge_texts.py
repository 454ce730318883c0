"""`manage.py judge_texts < in.jsonl > out.jsonl`: what the policy says of each line's text."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, BinaryIO, TextIO

from django.core.management.base import BaseCommand

from moderation.policy import Outcome, Ruling, Submission, judge

ACTIONS = {
    Outcome.PUBLISH: "allow",
    Outcome.WARN: "warn",
    Outcome.LIMIT: "limit",
    Outcome.HOLD: "review",
    Outcome.REMOVE: "reject",
}
# What is asked about are texts, not newcomers.
DAYS, PUBLISHED = 365.0, 100


class Command(BaseCommand):
    """Reads {id, text, lang}, writes {id, action, labels, language}; needs no database."""

    help = "Judge texts: JSON lines in on standard input, JSON lines out on standard output."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        judge_lines(as_text(sys.stdin.buffer), sys.stdout)


def as_text(stream: BinaryIO) -> TextIO:
    """Lines of UTF-8; what is no UTF-8 is read as a mark of its own and judged with the rest."""
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")


def judge_lines(lines: TextIO, out: TextIO) -> None:
    """One answer a line as soon as it is known; a line that cannot be read is answered so."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            # In ASCII: an id may hold what cannot be written as UTF-8.
            print(json.dumps(_answer(number, line)), file=out, flush=True)


def _answer(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"id": None, "line": number, "error": "not an object with a text"}
    ruling = judge(Submission("note", text, str(row.get("lang") or ""), DAYS, PUBLISHED))
    return {
        "id": row.get("id"),
        "action": ACTIONS[ruling.outcome],
        "labels": labels(ruling),
        "language": ruling.language,
    }


def labels(ruling: Ruling) -> dict[str, float]:
    """The score of every rule that there is evidence for."""
    return {rule: round(score, 3) for rule, score in ruling.scores.items()}
