"""What a note says, checked and in the form in which it is stored and judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Language
from accounts.words import checked, refused
from moderation.language import detect
from notes import parsing
from notes.models import BODY_LENGTH, PLACE_LENGTH, TITLE_LENGTH, Note, Version

LONGEST = {
    "title": TITLE_LENGTH,
    "body": BODY_LENGTH,
    "second_title": TITLE_LENGTH,
    "second_body": BODY_LENGTH,
    "place": PLACE_LENGTH,
}


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a note but the descriptions of its pictures."""

    title: str
    body: str
    place: str
    second_title: str
    second_body: str
    named_topics: list[str]

    @classmethod
    def of(cls, source: Note | Version) -> Words:
        return cls(**{field.name: getattr(source, field.name) for field in fields(cls)})

    @property
    def main(self) -> str:
        return f"{self.title}\n\n{self.body}".strip()

    @property
    def second(self) -> str:
        return f"{self.second_title}\n\n{self.second_body}".strip()

    def changed(self, changes: Mapping[str, Any]) -> Words:
        """These words with some of them replaced; what is no word is left out."""
        kept = asdict(self)
        return Words(**{name: changes.get(name, value) for name, value in kept.items()})

    def judged(self, alts: Iterable[str]) -> str:
        """The text that moderation reads."""
        named = " ".join(f"#{name}" for name in self.named_topics)
        parts = [self.main, self.second, self.place, named, *alts]
        return "\n\n".join(part for part in parts if part)

    def topics(self) -> list[str]:
        return parsing.find_topics(f"{self.main}\n{self.second}", self.named_topics)

    def mentions(self) -> list[str]:
        return parsing.find_mentions(f"{self.main}\n{self.second}")

    def check_complete(self) -> None:
        """Raise ValidationError for what is too little for a note."""
        if not self.main:
            raise refused("title", _("Write a title or a few words."), "required")


def checked_words(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words among these fields as they are stored. Raises ValidationError."""
    words: dict[str, Any] = {
        name: checked(name, given[name], longest)
        for name, longest in LONGEST.items()
        if name in given
    }
    if "topics" in given:
        words["named_topics"] = _checked_topics(given["topics"])
    return words


def _checked_topics(named: Iterable[str]) -> list[str]:
    """Return topics given apart, without their mark. Raises ValidationError."""
    names = [name.strip().lstrip("#＃") for name in named]
    names = [name for name in names if name]
    if not all(map(parsing.is_topic, names)):
        message = _("A topic is a word of letters, digits, - and _, and more than a number.")
        raise refused("topics", message, "invalid")
    return names


def languages_of(words: Words, chosen: str) -> dict[str, str]:
    """The languages of both parts; the author knows the first one better than we."""
    first = chosen or detect(words.main)
    return {"language": first, "second_language": _second(words.second, first)}


def _second(text: str, first: str) -> str:
    """The language of the second part: never that of the first."""
    if not text:
        return ""
    found = detect(text)
    if found and found != first:
        return found
    return Language.ENGLISH if first == Language.CHINESE else Language.CHINESE
