"""Reading an archive into another server: the person, their notes, pictures and words.

Whatever stands in the file came from somebody: names are checked, pictures are opened, words go
through the same actions as any others, and every note is judged anew.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image as Picture

from accounts.actions import change_profile, choose_notifications, follow, mute_word, register
from accounts.models import Digest, Follow, Kind, Language, User
from feeds.archive.writing import FORMAT
from notes.actions import change_note, create_board, save_draft, save_note
from notes.models import Audience, Commenters, DraftState, Image, Note

LARGEST_PICTURE = 20 * 1024 * 1024
LARGEST_LINE = 1024 * 1024
TIMES = ("created_at", "published_at", "edited_at")
WORDS = (
    "title", "body", "language", "audience", "commenters", "place", "second_title", "second_body",
)  # fmt: skip
PROFILE = ("display_name", "bio", "languages", "ui_language", "is_private", "shows_likes")


class BadArchiveError(ValueError):
    """The file is not an archive of Redleaf, or was tampered with."""


@transaction.atomic
def read_archive(path: Path, username: str = "", *, people: bool = False) -> User:
    """Make a person of an archive, with a password that nobody knows. Raises BadArchiveError.

    `people` also follows those with the same handles here: only right on an empty server that
    takes over everybody of another one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            known = _one(archive, "redleaf.json").get("format") == FORMAT
            _check(known, "This Redleaf does not know the format.")
            person = _person(archive, username)
            notes = {line["id"]: _note(archive, person, line) for line in _lines(archive, "notes")}
            _keep_in_boards(archive, person, notes)
            for line in _lines(archive, "muted_words"):
                mute_word(person, line["word"])
            if people:
                _follow_again(archive, person)
    except (zipfile.BadZipFile, orjson.JSONDecodeError, KeyError, TypeError, OSError) as error:
        raise BadArchiveError(str(error)) from error
    except ValidationError as error:
        raise BadArchiveError("; ".join(error.messages)) from error
    return person


def _check(right: bool, problem: str) -> None:
    if not right:
        raise BadArchiveError(problem)


def _one(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(archive.read(name))
    return found


def _lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    with archive.open(f"{name}.jsonl") as file:
        return [orjson.loads(line) for line in iter(lambda: file.readline(LARGEST_LINE), b"")]


def _person(archive: zipfile.ZipFile, username: str) -> User:
    profile = _one(archive, "profile.json")
    handle = User.normalize_username(username or profile["username"])
    fields = {name: profile[name] for name in PROFILE}
    User(username=handle, email=profile["email"], **fields).full_clean(exclude=["password"])
    _check(profile["digest"] in Digest.values, "There is no such digest.")
    person = register(handle, profile["email"], None)
    change_profile(person, **fields)
    wanted = [kind for kind in Kind.optional() if kind not in profile["unwanted_kinds"]]
    choose_notifications(person, wanted, profile["digest"])
    joined = datetime.fromisoformat(profile["date_joined"])
    avatar = Path(profile["avatar"]).name if profile["avatar"] else ""
    if avatar:
        _copy(archive, f"avatar/{avatar}", f"avatars/{avatar}")
    User.objects.filter(pk=person.pk).update(date_joined=joined, avatar=avatar)
    person.refresh_from_db()
    return person


def _note(archive: zipfile.ZipFile, person: User, line: dict[str, Any]) -> Note:
    """Write a note down again; what others have read is sent, and dated as it was."""
    _check(line["audience"] in Audience.values, "There is no such audience.")
    _check(line["commenters"] in Commenters.values, "There are no such commenters.")
    _check(line["language"] in ("", *Language.values), "There is no such language.")
    images = [_image(archive, person, each).pk for each in line["images"] if each["files"]]
    words = {name: line[name] for name in WORDS} | {"topics": line["named_topics"]}
    note = save_draft(person, images=images, **words)
    dates: dict[str, datetime] = {
        name: datetime.fromisoformat(line[name]) for name in TIMES if line[name]
    }
    if line["state"] not in DraftState.values and images:
        note = change_note(note, person, draft=False)
    Note._base_manager.filter(pk=note.pk).update(**dates)
    return note


def _keep_in_boards(archive: zipfile.ZipFile, person: User, notes: dict[int, Note]) -> None:
    """Make the boards again, with those of the person's own notes that stood in them."""
    boards = {}
    for line in _lines(archive, "boards"):
        make = {"name": line["name"], "is_private": line["is_private"]}
        boards[line["id"]] = create_board(person, **make) if line["name"] else None
    for line in _lines(archive, "saves"):
        if (note := notes.get(line["note"])) and not note.is_draft:
            save_note(person, note, boards.get(line["board"]))


def _image(archive: zipfile.ZipFile, person: User, line: dict[str, Any]) -> Image:
    """Keep the renditions as they are, under a new key."""
    image = Image(owner=person, alt=line["alt"], width=line["width"], height=line["height"])
    image.placeholder = line["placeholder"]
    embedded = image.placeholder.startswith("data:image/webp;base64,")
    _check(embedded, "A placeholder is no picture.")
    image.status = Image.Status.READY
    image.clean_fields(exclude=["note", "incoming", "proposed_for", "claimed_at"])
    for width, name in zip(Image.WIDTHS, line["files"], strict=True):
        _copy(archive, name, image.file_name(width))
    image.save()
    return image


def _copy(archive: zipfile.ZipFile, name: str, to: str) -> None:
    """Store a picture of the archive once it has proved to be a WebP without metadata."""
    _check(archive.getinfo(name).file_size <= LARGEST_PICTURE, "A picture is too large.")
    with archive.open(name) as file:
        data = file.read(LARGEST_PICTURE + 1)
    with Picture.open(ContentFile(data), formats=("WEBP",)) as picture:
        picture.load()
        metadata = {"exif", "xmp", "icc_profile"} & picture.info.keys()
    _check(not metadata, "A picture carries metadata.")
    _check(default_storage.save(to, ContentFile(data)) == to, "A picture is there already.")


def _follow_again(archive: zipfile.ZipFile, person: User) -> None:
    for line in _lines(archive, "people"):
        if line["relation"] == "follows":
            other = User.objects.visible(person).filter(username=line["username"]).first()
            if other and follow(person, other):
                since = datetime.fromisoformat(line["since"])
                Follow.objects.filter(follower=person, followee=other).update(created_at=since)
