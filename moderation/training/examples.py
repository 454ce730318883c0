"""Examples to learn from and to measure with."""

import gzip
import json
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its language, the rules it breaks (none: harmless), and where it comes from.

    A `weak` one was labelled by rule of thumb and weighs less.
    """

    text: str
    language: str
    rules: tuple[str, ...]
    source: str
    licence: str = ""
    tier: str = "own"
    weak: bool = False


PAIRS = Path(__file__).parent / "pairs"
EVERYDAY = Path(__file__).parent / "everyday"
KEPT_BACK = 3  # one pair in so many is for measuring alone
HELD_BACK = 10  # one text in so many, of what may be learnt, tells how sure a score is


def is_held_back(example: Example) -> bool:
    """Whether a text tells how sure a score is, and teaches nothing."""
    return zlib.crc32(example.text.encode()) % HELD_BACK == 0


def written_pairs(*, kept_back: bool) -> Iterator[Example]:
    """The pairs written by hand: those to learn from, or those kept back to measure with."""
    for path in sorted(PAIRS.glob("*.toml")):
        rule = path.stem
        for pair in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]:
            if (zlib.crc32(pair["en"].encode()) % KEPT_BACK == 0) is not kept_back:
                continue
            broken = (rule,) if pair["harmful"] else ()
            for language in ("en", "zh"):
                yield Example(pair[language], language, broken, f"pairs: {pair['function']}")


def everyday_texts() -> Iterator[Example]:
    """What people write all day, line by line: reviews, moods, opinions, all of it harmless."""
    for path in sorted(EVERYDAY.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Example(line, path.stem, (), "everyday")


def read_rows(paths: Iterable[Path]) -> Iterator[Example]:
    """Rows of JSON lines, gzipped or not: text, lang, labels, source, licence, tier, weak."""
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rules = tuple(label for label in row["labels"] if label != "none")
                yield Example(
                    row["text"],
                    row["lang"],
                    rules,
                    row.get("source", ""),
                    row.get("licence", ""),
                    row.get("tier", ""),
                    bool(row.get("weak")),
                )
