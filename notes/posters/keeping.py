"""Posters of notes: drawn when first asked for, and kept beside the renditions of the cover."""

from __future__ import annotations

import contextlib
import hashlib

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image as Picture

from accounts.models import User
from accounts.pictures import open_picture, store
from notes.models import Image, Note
from notes.posters.drawing import Poster, draw

# Raise it when posters shall look otherwise.
RECIPE = 1
COVER_WIDTH = 720


def cover_of(note: Note) -> Image | None:
    """What stands for a note where its link is shared; nothing does for what has a warning."""
    if note.case.warning or not note.reach.link:
        return None
    return next((image for image in note.images.all() if image.urls), None)


def name_of(note: Note, cover: Image) -> str:
    """The file of its poster; another one as soon as anything else would be drawn."""
    author = note.author
    drawn = (note.heading, note.language, author.name, author.avatar, settings.POSTER_FONT, RECIPE)
    digest = hashlib.blake2b(repr(drawn).encode(), digest_size=8).hexdigest()
    return f"{cover.folder}/poster-{digest}.jpg"


def kept_poster(note: Note, cover: Image) -> str:
    """Return the file of the poster, drawn unless it is there. Raises FileNotFoundError."""
    name = name_of(note, cover)
    if not default_storage.exists(name):
        poster = Poster(
            opened(cover.file_name(COVER_WIDTH)),
            note.heading,
            note.author.name,
            note.language,
            face_of(note.author),
        )
        _forget(cover)
        store(name, draw(poster))
    return name


def face_of(person: User) -> Picture.Image | None:
    with contextlib.suppress(FileNotFoundError):
        return opened(f"avatars/{person.avatar}") if person.avatar else None
    return None


def opened(name: str) -> Picture.Image:
    """A picture of ours. Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        return open_picture(file).convert("RGB")


def _forget(cover: Image) -> None:
    """Posters of what the note said before are not kept."""
    for name in default_storage.listdir(cover.folder)[1]:
        if name.startswith("poster-"):
            default_storage.delete(f"{cover.folder}/{name}")
