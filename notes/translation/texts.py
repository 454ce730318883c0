"""What is translated: the words of a note, of a comment, of a person's profile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from accounts.models import Language, User
from moderation.language import detect
from moderation.models import VISIBLE_STATES, Readers
from notes.contents import Content
from notes.models import Audience, Comment, Note, Translation
from notes.sending import READERS


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the language most of them are in."""

    title: str
    body: str
    language: str

    @property
    def digest(self) -> str:
        """Tells one version of a text from every other."""
        words = f"{self.title}\0{self.body}".encode()
        return hashlib.blake2b(words, digest_size=16).hexdigest()


def text_of(content: Content) -> Text:
    """What others read there now."""
    if isinstance(content, Note):
        return Text(content.title, content.body, content.language)
    if isinstance(content, Comment):
        return Text("", content.body, content.language)
    return Text("", content.bio, detect(content.bio))


def place_of(content: Content) -> dict[str, Content | None]:
    """The columns of a translation that say of what it is one."""
    return {
        "note": content if isinstance(content, Note) else None,
        "comment": content if isinstance(content, Comment) else None,
        "person": content if isinstance(content, User) else None,
    }


def content_of(translation: Translation) -> Content:
    content = translation.note or translation.comment or translation.person
    if content is None:
        raise ValueError(translation.pk)
    return content


def author_of(content: Content) -> User:
    return content if isinstance(content, User) else content.author


def is_shared(content: Content) -> bool:
    """Whether anybody but its author and moderators may read it now."""
    if isinstance(content, User):
        return content.is_active
    if content.case.state not in VISIBLE_STATES or not content.author.is_active:
        return False
    if isinstance(content, Comment):
        return is_shared(content.note)
    return content.audience != Audience.PRIVATE


def readers_of(content: Content) -> Readers:
    """Who could read it, in the words of moderation."""
    if isinstance(content, User):
        return Readers.EVERYONE
    note = content.note if isinstance(content, Comment) else content
    return Readers.SOME if note.author.is_private else READERS[note.audience]


def readers_language(code: str | None) -> str:
    """The language to translate into for who reads an interface in `code`."""
    return Language.CHINESE if (code or "").startswith("zh") else Language.ENGLISH
