"""What the demo tells: its people and their notes, read from the data files beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent
PASSWORD = "redleaf-demo"  # noqa: S105 - for everybody to know
AUTHOR, READER, MODERATOR = "demo_mei", "demo_ann", "demo_bo"


@dataclass(frozen=True, slots=True)
class Person:
    """A demo persona; `face` names the avatar: scene, mood and perhaps a detail."""

    handle: str
    name: str
    bio: str
    reads: tuple[str, ...]
    face: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Scene, mood and perhaps a detail, and the words for who cannot see it."""

    drawn: tuple[str, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, or a reply to the one before it."""

    author: str
    text: str
    is_reply: bool


@dataclass(frozen=True, slots=True)
class Post:
    """A note with its pictures and comments; `is_trouble` when moderation shall stop it."""

    author: str
    title: str
    body: str
    place: str
    pictures: tuple[Picture, ...]
    remarks: tuple[Remark, ...]
    language: str
    is_trouble: bool = False
    second: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A board, filled with notes of these topics."""

    owner: str
    name: str
    is_private: bool
    topics: tuple[str, ...]


def shelves() -> list[Shelf]:
    rows = _table("afterwards.toml")["board"]
    return [Shelf(r["by"], r["name"], r["private"], tuple(r["topics"])) for r in rows]


def afterwords() -> dict[str, str]:
    """What authors add to their notes later, by title."""
    return {row["note"]: row["words"] for row in _table("afterwards.toml")["edit"]}


def pinned() -> list[str]:
    """Titles of notes whose first comment is pinned."""
    titles: list[str] = _table("afterwards.toml")["pinned"]
    return titles


def prompts() -> list[dict[str, Any]]:
    """Questions of the week, counted from the present one."""
    rows: list[dict[str, Any]] = _table("prompts.toml")["prompt"]
    return rows


def people() -> list[Person]:
    """Everybody, the three to log in as first."""
    rows = _table("people.toml")["person"]
    return [
        Person(row["handle"], row["name"], row["bio"], tuple(row["reads"]), _words(row["face"]))
        for row in rows
    ]


def posts() -> list[Post]:
    """All ordinary notes, the languages taking turns."""
    chinese = _posts("notes_zh*.toml", "zh")
    english = _posts("notes_en*.toml", "en")
    longest = max(len(chinese), len(english))
    return [
        one[i * len(one) // longest]
        for i in range(longest)
        for one in (chinese, english)
        if i == 0 or i * len(one) // longest != (i - 1) * len(one) // longest
    ]


def trouble() -> list[Post]:
    """Notes that moderation limits, holds or removes."""
    return [_post(row, row["language"], True) for row in _table("trouble.toml")["note"]]


def _posts(pattern: str, language: str) -> list[Post]:
    files = sorted(path.name for path in DATA.glob(pattern))
    return [_post(row, language) for name in files for row in _table(name)["note"]]


def _post(row: dict[str, Any], language: str, is_trouble: bool = False) -> Post:
    return Post(
        author=row["by"],
        title=row["title"],
        body=row["body"].strip(),
        place=row.get("place", ""),
        pictures=tuple(_picture(text) for text in row["pictures"]),
        remarks=tuple(_remark(text) for text in row.get("comments", [])),
        language=language,
        is_trouble=is_trouble,
        second=(row.get("second_title", ""), row.get("second_body", "").strip()),
    )


def _picture(text: str) -> Picture:
    """Read "scene mood detail: what is to be seen"."""
    drawn, alt = text.split(":", 1)
    return Picture(_words(drawn), alt.strip())


def _remark(text: str) -> Remark:
    """Read "handle: words", or "> handle: words" for a reply."""
    author, words = text.removeprefix(">").split(":", 1)
    return Remark(author.strip(), words.strip(), text.startswith(">"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
