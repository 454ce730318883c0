"""The files of an avatar: a large one, and one for the foot of a card."""

from __future__ import annotations

import secrets
from typing import IO

from django.core.files.storage import default_storage
from PIL import ImageOps

from accounts.pictures import decode, encode, store

FOLDER = "avatars"
SMALL_FOLDER = "avatars/small"
EDGES = {FOLDER: 256, SMALL_FOLDER: 96}


def files_of(name: str) -> list[str]:
    """The files of an avatar; none of no avatar."""
    return [f"{folder}/{name}" for folder in EDGES] if name else []


def keep_avatar(file: IO[bytes]) -> str:
    """Store a picture as an avatar under a new name. Raises one of `pictures.BAD_PICTURE`."""
    picture = decode(file, max(EDGES.values()))
    name = f"{secrets.token_hex(12)}.webp"
    for folder, edge in EDGES.items():
        store(f"{folder}/{name}", encode(ImageOps.fit(picture, (edge, edge))))
    return name


def delete_avatar(name: str) -> None:
    for file in files_of(name):
        default_storage.delete(file)
