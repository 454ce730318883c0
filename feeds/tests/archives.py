"""Somebody with something of everything, their archive, and what it says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import orjson
from allauth.account.models import EmailAddress

from accounts.actions import accept_request, block, change_profile, follow, mute, mute_word
from accounts.models import User
from conftest import PostNote, bring_to
from feeds.actions import change_taste, want_less
from feeds.archive.acts import FILES
from feeds.archive.writing import write_archive
from feeds.search.actions import remember_search
from notes.actions import (
    change_board,
    create_board,
    follow_topic,
    like,
    like_comment,
    order_notes,
    pin_comment,
    save_draft,
    save_note,
    submit_comment,
)
from notes.models import Note, Topic


def fill(ann: User, mei: User, tang: User, post_note: PostNote) -> None:
    """Give Ann something of everything."""
    change_profile(ann, bio="Walks.\nAnd tea.", is_private=True, shows_likes=True)
    change_taste(ann, other_language="both")
    first = post_note(ann, "Autumn walk", "By the lake #tea #红叶", images=2, place="West Lake")
    second = post_note(ann, "Only for me", audience="private")
    post_note(ann, "Held", state="held")
    save_draft(ann, title="Not yet")
    theirs = post_note(mei, "Morning")
    board = create_board(ann, "Places", is_private=True)
    for kept in (first, theirs, post_note(mei, "Evening")):
        save_note(ann, kept, board)
    order_notes(board, ann, [theirs.pk, first.pk])
    change_board(board, ann, cover=first.pk)
    save_note(ann, second)
    talk(ann, mei, first, theirs)
    like(ann, theirs)
    want_less(ann, theirs)
    follow_topic(ann, Topic.objects.get(name="tea"))
    follow(ann, mei)
    block(ann, tang)
    mute(ann, mei)
    mute_word(ann, "Loud")
    remember_search(ann, "maple leaves")


def talk(ann: User, mei: User, hers: Note, theirs: Note) -> None:
    """Ann and Mei talk under each other's notes."""
    follow(mei, ann)
    accept_request(ann, mei)
    said = submit_comment(ann, theirs, "Lovely")
    asked = submit_comment(mei, hers, "Where is it?")
    for comment in (said, asked):
        bring_to(comment.case, "published")
    submit_comment(ann, hers, "In Hangzhou", asked)
    like_comment(ann, asked)
    pin_comment(asked, ann)


def zip_of(person: User) -> zipfile.ZipFile:
    out = io.BytesIO()
    write_archive(person, out, lambda percent: None)
    return zipfile.ZipFile(out)


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in archive.read(f"{name}.jsonl").splitlines()]


def archives_of(folder: Path, *people: User) -> list[str]:
    paths = [folder / f"{person}.zip" for person in people]
    for person, path in zip(people, paths, strict=True):
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
        with path.open("wb") as out:
            write_archive(person, out, lambda percent: None)
    return [str(path) for path in paths]


# What others did, what is judged anew, and what no file can bring along.
NOT_HERE = {"state", "like_count", "save_count", "id", "rank", "position"}
LEFT_OUT = {"notifications", "reports", "wordings", "tokens"}
NUMBERS = {
    "note": "notes", "note_id": "notes", "cover": "notes", "comment": "comments",
    "parent": "comments", "board": "boards",
}  # fmt: skip


def content_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What must be the same on both servers: pictures by their bytes, numbers by what they mean."""
    said = {name: lines(archive, name) for name in FILES if name not in LEFT_OUT}
    names = {
        "notes": {line["id"]: line["title"] for line in said["notes"]},
        "comments": {line["id"]: line["body"] for line in said["comments"]},
        "boards": {line["id"]: line["name"] for line in said["boards"]},
    }
    images = {
        image["id"]: [archive.read(name) for name in image["files"]]
        for note in said["notes"]
        for image in note["images"] + note["proposed_images"]
    }

    def meant(name: str, value: Any) -> Any:
        if name in NUMBERS:
            return names[NUMBERS[name]].get(value, value and "of somebody else")
        if name in ("images", "proposed_images", "pictures"):
            return [{**image, "id": images[image["id"]], "files": 0} for image in value]
        return meaning(value) if isinstance(value, dict) else value

    def meaning(line: dict[str, Any]) -> dict[str, Any]:
        return {k: meant(k, v) for k, v in line.items() if k not in NOT_HERE}

    ordered = {name: [meaning(line) for line in found] for name, found in said.items()}
    ordered["saves"].sort(key=lambda line: str(line["created_at"]))
    return ordered | {"profile": orjson.loads(archive.read("profile.json"))}
