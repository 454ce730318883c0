"""The words that every Redleaf begins with, from the files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def seeds() -> Iterator[dict[str, Any]]:
    """The fields of each term."""
    for language in ("zh", "en"):
        rows = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
        for row in rows["term"]:
            yield {
                "word": row["word"],
                "spellings": row.get("other", []),
                "language": language,
                "reading": row.get("reading", ""),
                "means": row["means"],
                "text_en": row["en"],
                "text_zh": row["zh"],
            }
