"""Search: recall of judged queries in and across languages, then speed among many notes."""

from __future__ import annotations

import random
import statistics
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from benchmarks.search_world import TYPED, word_of_rank, write_texts
from feeds.demo import content
from feeds.search.finding import Question, note_ids, ranked_notes
from feeds.search.indexing import rebuild, refresh
from feeds.search.models import NoteEntry
from feeds.search.sources import SOURCES
from feeds.search.suggesting import suggestions
from feeds.search.text import fold
from moderation.models import Case, State
from notes.models import Note

SET = Path(__file__).parent / "search_set"
AT = 10
WITHIN, ACROSS = 0.9, 0.8
RARE, FREQUENT, SUGGESTED, INDEXED = 10.0, 60.0, 15.0, 500
ROUNDS = 9
NOBODY = AnonymousUser()
# Beyond the ids of the world.
FIRST = 10**9


def main() -> None:
    with transaction.atomic():
        _recall()
        transaction.set_rollback(True)
    _speed()


def _recall() -> None:
    """Judged queries against the set, with the notes of the demo between."""
    author = User.objects.create(pk=FIRST, username="the_author", email="the_author@example.org")
    rows = tomllib.loads((SET / "notes.toml").read_text("utf-8"))["note"]
    ids = {row["id"]: _post(author, **{k: v for k, v in row.items() if k != "id"}) for row in rows}
    for post in content.posts():
        second = dict(zip(("second_title", "second_body"), post.second, strict=True))
        _post(author, title=post.title, body=post.body, language=post.language, **second)
    refresh(SOURCES["notes"], [entry.pk for entry in Note.objects.by(author)])
    languages = {row["id"]: row["language"] for row in rows}
    queries = tomllib.loads((SET / "queries.toml").read_text("utf-8"))
    for language, asked in queries.items():
        _report_recall(language, asked, ids, languages)
    _report_substrings(rows, ids)


def _post(author: User, **fields: str) -> int:
    pk = FIRST + Note.objects.by(author).count()
    case = Case.objects.create(pk=pk, kind="note", author=author, text="", state=State.PUBLISHED)
    now = timezone.now()
    other = {"zh": "en", "en": "zh"}[fields["language"]]
    fields["second_language"] = other if fields["second_title"] else ""
    return Note.objects.create(pk=pk, author=author, case=case, published_at=now, **fields).pk


def _report_recall(
    language: str, asked: Iterable[tuple[str, list[str]]], ids: dict[str, int],
    languages: dict[str, str],
) -> None:  # fmt: skip
    """Mean over the queries that have such notes of the share of them among the first ten."""
    recall: dict[str, list[float]] = {"within": [], "across": []}
    missed = []
    for text, names in asked:
        best = note_ids(Question.of(text), NOBODY)[:AT]
        for side in recall:
            wanted = [n for n in names if (languages[n] == language) is (side == "within")]
            if not wanted:
                continue
            got = [name for name in wanted if ids[name] in best]
            recall[side].append(len(got) / len(wanted))
            missed += [f"{text} → {name}" for name in wanted if name not in got]
    for side, goal in (("within", WITHIN), ("across", ACROSS)):
        mean = statistics.mean(recall[side])
        count = len(recall[side])
        print(f"recall@{AT} {language} {side}: {mean:.3f} of {count} queries, goal {goal}")
    print("  missed:", "; ".join(missed) or "nothing")


def _report_substrings(rows: list[dict[str, Any]], ids: dict[str, int]) -> None:
    """Parts of two to eight characters of Chinese notes: each must find its note, in any script."""
    rng = random.Random("parts")
    asked, lost = 0, []
    for row in rows:
        text = f"{row['title']}\n{row['body']}" if row["language"] == "zh" else row["second_body"]
        for _ in range(10):
            start = rng.randrange(len(text) - 8)
            part = text[start : start + rng.randint(2, 8)]
            if len([c for c in fold(part) if "\u4e00" <= c <= "\u9fff"]) >= 2:
                asked += 1
                if ids[row["id"]] not in note_ids(Question.of(part), NOBODY):
                    lost.append(part)
    print(f"parts of Chinese notes that find them: {asked - len(lost)} of {asked}", lost)


def _speed() -> None:
    write_texts()
    started = time.monotonic()
    count = sum(rebuild("notes"))
    speed = count / (time.monotonic() - started)
    print(f"indexing: {speed:,.0f} notes/s, goal {INDEXED}", flush=True)
    for kind in ("people", "topics"):
        sum(rebuild(kind))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_total_relation_size('feeds_noteentry') / 1048576")
        print(f"index of notes: {cursor.fetchone()[0]} MB", flush=True)
    for rank, goal in ((20_000, RARE), (5_000, RARE), (200, FREQUENT), (1, FREQUENT)):
        for chinese in (True, False):
            _report_query(word_of_rank(rank, chinese), goal)
    _report_query(f"{word_of_rank(3, True)}{word_of_rank(40, True)}", FREQUENT)
    _report_query(word_of_rank(2, True)[0], FREQUENT)
    for text in TYPED:
        _report(f"suggestions for {text}", partial(suggestions, text, NOBODY), SUGGESTED)
    _print_plans()


def _report_query(text: str, goal: float) -> None:
    question = Question.of(text)
    hits = NoteEntry.objects.holding(question.query().every()).count()
    _report(f"{text} ({hits:,} notes)", lambda: note_ids(question, NOBODY), goal)


def _report(name: str, work: Callable[[], object], goal: float) -> None:
    """Print the milliseconds of CPU that PostgreSQL spent on it, and how long we waited."""
    work()
    spent, waited = zip(*(_cost(work) for _ in range(ROUNDS)), strict=True)
    median = statistics.median(spent)
    verdict = "met" if median <= goal else "MISSED"
    print(
        f"{name:34} {median:6.1f} ms CPU ({min(spent):.1f} to {max(spent):.1f}), goal {goal:g}:"
        f" {verdict}; waited {statistics.median(waited):.1f} ms",
        flush=True,
    )


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    """CPU of our PostgreSQL process and time that its statements took, both in milliseconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    before = _nanoseconds(clock)
    with _timed() as statements:
        work()
    waited = sum(statements)
    return (_nanoseconds(clock) - before) / 1e6 if before else waited, waited


def _nanoseconds(clock: Path) -> int:
    """How long a process ran; 0 where the server or Linux is elsewhere."""
    return int(clock.read_text().split()[0]) if clock.exists() else 0


@contextmanager
def _timed() -> Iterator[list[float]]:
    spent: list[float] = []

    def measure(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append((time.perf_counter() - started) * 1000)

    with connection.execute_wrapper(measure):
        yield spent


def _print_plans() -> None:
    for rank in (20_000, 1):
        query = Question.of(word_of_rank(rank, True)).query().every()
        plan = ranked_notes(Question(""), NOBODY, query, query).explain(analyze=True)
        print(f"\nplan of a query of rank {rank}\n{plan}")
