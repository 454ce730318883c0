"""python benchmarks/moderation.py [--dev ROWS]: how well, how evenly and how fast texts are judged.

Rows of other people's (JSON lines as `train_moderation` takes them) are measured when a file is
named, and pairs kept back from training when there are any; else sentences of the grammar show
what disguises do, and the speed.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from moderation import classifier
from moderation.policy import Outcome, Submission, judge
from moderation.training.disguises import CHINESE, ENGLISH, disguised
from moderation.training.examples import (
    Example,
    everyday_texts,
    is_held_back,
    read_rows,
    written_pairs,
)
from moderation.training.grammar import sentences
from moderation.training.measuring import LANGUAGES, harm, is_firm, judged, report

MOST_DISGUISED = 400
LONG_NOTES, SENTENCES = 250, 9
GOALS = {"texts/s": 300, "ms": 2, "MB model": 20, "MB memory": 250, "s start": 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, help="rows to measure with (.jsonl[.gz])")
    dev = parser.parse_args().dev
    started = time.process_time()
    judge(Submission("note", "Hello 你好"))
    print(
        f"first text judged after {time.process_time() - started:.2f} s (goal {GOALS['s start']})"
    )
    pairs = list(written_pairs(kept_back=True))
    rows = list(read_rows([dev])) if dev else []
    if pairs:
        _fairness("pairs kept back", pairs)
        _long_notes([pair for pair in pairs if pair.rules])
    if rows:
        print("", *report(classifier.MODEL, rows), sep="\n")
        _fairness("rows labelled by people", [row for row in rows if is_firm(row)])
    texts = rows or pairs or list(sentences(3, seed=99))
    _disguises([example for example in texts if example.rules])
    _speed([example.text for example in texts])


def _fairness(title: str, examples: list[Example]) -> None:
    """The same figures in both languages, and the gap between them."""
    print(f"\n{title}")
    rows = judged(examples)
    counts = {language: harm(rows, language) for language in LANGUAGES}
    for language, count in counts.items():
        print(
            f"  {language}  macro-F1 {count.macro_f1:.3f}  recall {count.recall:.3f}"
            f"  false positives {count.false_positive_rate:.3f}"
        )
    recall = abs(counts["en"].recall - counts["zh"].recall)
    alarms = abs(counts["en"].false_positive_rate - counts["zh"].false_positive_rate)
    print(f"  gap   recall {recall:.3f}  false positives {alarms:.3f}")
    removed = [e.text for e, r in rows if not e.rules and r.outcome is Outcome.REMOVE]
    print(f"  harmless, removed by machine: {len(removed)}")


def _long_notes(harmful: list[Example]) -> None:
    """What is caught alone, among calm everyday texts that were never taught."""
    print(f"\nlong notes of {SENTENCES} everyday texts, with and without one that is caught alone")
    chance = random.Random(3)
    for language, space in zip(LANGUAGES, (" ", ""), strict=True):
        untaught = (e.text for e in everyday_texts() if e.language == language and is_held_back(e))
        calm = [text for text in untaught if not _is_caught(text)]
        theirs = [example.text for example in harmful if example.language == language]
        caught = [text for text in chance.sample(theirs, len(theirs)) if _is_caught(text)]
        clean = [chance.sample(calm, SENTENCES) for _ in range(LONG_NOTES)]
        mixed = []
        for text in caught[:LONG_NOTES]:
            texts = chance.sample(calm, SENTENCES - 1)
            mixed.append([*texts[:4], text, *texts[4:]])
        found, wrong = (
            statistics.fmean(_is_caught(space.join(map(_ended, texts))) for texts in notes)
            for notes in (mixed, clean)
        )
        print(
            f"  {language}  recall kept {found:.3f}  of {len(mixed)}  false positives {wrong:.3f}"
        )


def _ended(text: str) -> str:
    """With a full stop, so that the next text does not run on."""
    return text if text[-1] in ".!?…。！？～)" else text + ("." if text.isascii() else "。")


def _disguises(harmful: list[Example]) -> None:
    """Of what is caught in plain spelling, how much is caught in each disguise."""
    print("\nrecall kept under each disguise (goal 0.85)")
    for language, disguises in zip(LANGUAGES, (ENGLISH, CHINESE), strict=True):
        theirs = [example.text for example in harmful if example.language == language]
        caught = [text for text in theirs if _is_caught(text)][:MOST_DISGUISED]
        for name, disguise in disguises.items():
            changed = [(text, disguised(text, language, disguise)) for text in caught]
            changed = [(text, new) for text, new in changed if new != text]
            kept = statistics.fmean(_is_caught(new) for _, new in changed) if changed else 1.0
            print(f"  {language}  {name:20} {kept:.3f}  of {len(changed)}")


def _is_caught(text: str) -> bool:
    return judge(Submission("note", text, "", 365.0, 100)).outcome is not Outcome.PUBLISH


def _speed(texts: list[str]) -> None:
    texts = texts[:3_000]
    costs = []
    for text in texts:
        begun = time.process_time()
        _is_caught(text)
        costs.append((time.process_time() - begun) * 1000)
    median, slow = statistics.median(costs), statistics.quantiles(costs, n=20)[-1]
    print(f"\n{1000 * len(costs) / sum(costs):.0f} texts/s of one core (goal {GOALS['texts/s']})")
    print(f"one text: median {median:.2f} ms CPU, 95 % under {slow:.2f} (goal {GOALS['ms']})")
    files = [classifier.MODEL, *classifier.MODEL.parent.glob("sentences.*")]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"model {size:.1f} MB (goal {GOALS['MB model']})")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {memory:.0f} MB, with all rows (goal {GOALS['MB memory']})")


if __name__ == "__main__":
    main()
