"""Exports: complete, on the way in the open, and readable by another server."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, change_profile, follow, mute, mute_word
from accounts.models import Export, Letter, User
from conftest import PostNote, bring_to, make_person
from feeds.archive.asking import ask_for_export, link_of
from feeds.archive.contents import notes_of, profile_of
from feeds.archive.making import make_export, sweep_exports
from feeds.archive.writing import write_archive
from notes.actions import create_board, like, save_draft, save_note, submit_comment
from notes.models import Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def full_ann(ann: User, mei: User, tang: User, post_note: PostNote) -> User:
    """Ann with something of everything."""
    change_profile(ann, bio="Walks.\nAnd tea.", is_private=True, shows_likes=True)
    first = post_note(ann, "Autumn walk", "By the lake #tea #红叶", images=2, place="West Lake")
    second = post_note(ann, "Only for me", audience="private")
    post_note(ann, "Held", state="held")
    save_draft(ann, title="Not yet")
    theirs = post_note(mei, "Morning")
    submit_comment(ann, theirs, "Lovely")
    like(ann, theirs)
    board = create_board(ann, "Places", is_private=True)
    save_note(ann, first, board)
    save_note(ann, second)
    save_note(ann, theirs, board)
    follow(ann, mei)
    block(ann, tang)
    mute(ann, mei)
    mute_word(ann, "Loud")
    return User.objects.get(pk=ann.pk)


def zip_of(person: User) -> zipfile.ZipFile:
    out = io.BytesIO()
    write_archive(person, out, lambda percent: None)
    return zipfile.ZipFile(out)


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in archive.read(f"{name}.jsonl").splitlines()]


def test_everything_stands_in_it(full_ann: User) -> None:
    archive = zip_of(full_ann)
    assert archive.testzip() is None
    profile = orjson.loads(archive.read("profile.json"))
    assert (profile["username"], profile["bio"]) == ("ann", "Walks.\nAnd tea.")
    notes = lines(archive, "notes")
    assert [(note["title"], note["state"]) for note in notes] == [
        ("Autumn walk", "published"),
        ("Only for me", "published"),
        ("Held", "held"),
        ("Not yet", "draft"),
    ]
    for note in notes:
        for image in note["images"]:
            assert [archive.read(name)[:4] for name in image["files"]] == [b"RIFF"] * 3
    assert [comment["body"] for comment in lines(archive, "comments")] == ["Lovely"]
    assert len(lines(archive, "likes")) == 1
    assert {board["name"] for board in lines(archive, "boards")} == {"", "Places"}
    assert len(lines(archive, "saves")) == 3
    between = {(line["relation"], line["username"]) for line in lines(archive, "people")}
    assert between == {("follows", "mei"), ("blocks", "tang"), ("mutes", "mei")}
    assert [word["word"] for word in lines(archive, "muted_words")] == ["loud"]
    held = [verdict for verdict in lines(archive, "verdicts") if verdict["outcome"] == "hold"]
    assert [verdict["rule"] for verdict in held] == ["harassment"]


def bytes_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def content_of(person: User) -> dict[str, Any]:
    """What must be the same on both servers: words, times, pictures, boards; no numbers."""
    profile = dict(profile_of(person))
    notes = []
    for note in notes_of(person):
        images = [
            {name: image[name] for name in ("alt", "width", "height", "placeholder")}
            | {"files": [bytes_of(file) for file in image["files"]]}
            for image in note["images"]
        ]
        left_out = {"id", "images", "like_count", "save_count", "versions", "state", "publish_at"}
        notes.append({k: v for k, v in note.items() if k not in left_out} | {"images": images})
    boards = {
        board.name: sorted(note.title for note in Note.objects.filter(saves__board=board))
        for board in person.boards.all()
    }
    words = list(person.muted_words.values_list("word", flat=True))
    return {"profile": profile, "notes": notes, "boards": boards, "words": words}


def empty_the_server() -> None:
    """As a new server: nobody and nothing but what migrations make."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE accounts_user, moderation_case, notes_topic CASCADE")


def test_another_server_reads_it_and_has_the_same(full_ann: User, tmp_path: Path) -> None:
    Note.objects.filter(author=full_ann).update(edited_at=None)
    own = Note.objects.by(full_ann).values("pk")
    full_ann.saves.exclude(note__in=own).delete()
    EmailAddress.objects.create(user=full_ann, email=full_ann.email, primary=True)
    before = content_of(full_ann)
    path = tmp_path / "ann.zip"
    with path.open("wb") as out:
        write_archive(full_ann, out, lambda percent: None)
    empty_the_server()
    call_command("import_export", str(path))
    ann = User.objects.get(username="ann")
    after = content_of(ann)
    for name, value in before.items():
        assert after[name] == value
    assert not ann.has_usable_password()
    assert {note.state for note in Note.objects.by(ann)} == {"pending"}


def test_a_taken_name_is_chosen_anew(full_ann: User, tmp_path: Path) -> None:
    path = tmp_path / "ann.zip"
    with path.open("wb") as out:
        write_archive(full_ann, out, lambda percent: None)
    with pytest.raises(CommandError):
        call_command("import_export", str(path))
    User.objects.filter(pk=full_ann.pk).update(email="elsewhere@example.org")
    call_command("import_export", str(path), "--username", "ann_2", "--people")
    ann = User.objects.get(username="ann_2")
    assert ann.follows(User.objects.get(username="mei"))


def rewritten(person: User, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zip_of(person) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out.getvalue()


def bad_archives(person: User) -> Iterator[bytes]:
    yield b"no zip at all"
    yield rewritten(person, lambda name, data: b"{}" if name == "redleaf.json" else data)
    yield rewritten(person, lambda name, data: b"\xff" if name == "notes.jsonl" else data)
    yield rewritten(person, lambda name, data: b"GIF89a" if name.endswith("360.webp") else data)
    for lie, truth in ((b'"all"', b'"public"'), (b'"hourly"', b'"off"'), (b'["xx"]', b'["en"]')):
        yield rewritten(person, lying(lie, truth))


def lying(lie: bytes, truth: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(truth, lie)


def test_a_file_that_was_tampered_with_changes_nothing(full_ann: User, tmp_path: Path) -> None:
    User.objects.filter(pk=full_ann.pk).update(email="elsewhere@example.org")
    path = tmp_path / "bad.zip"
    for bad in bad_archives(full_ann):
        path.write_bytes(bad)
        with pytest.raises(CommandError):
            call_command("import_export", str(path), "--username", "evil")
        assert not User.objects.filter(username="evil").exists()


def test_a_file_is_asked_for_made_and_downloaded(
    browser_of: BrowserOf, full_ann: User, client: Client
) -> None:
    EmailAddress.objects.create(user=full_ann, email=full_ann.email, verified=True)
    browser = browser_of(full_ann)
    browser.post("/settings/export/")
    browser.post("/settings/export/")
    export = Export.objects.get()
    assert "Your file is being made" in browser.get("/settings/export/").content.decode()
    make_export(export.pk)
    make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.progress, export.attempts) == ("ready", 100, 1)
    link = link_of(export)
    assert link is not None
    assert link in browser.get("/settings/export/").content.decode()
    answer: Any = client.get(link)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="redleaf-ann.zip"'
    data = b"".join(answer.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert Letter.objects.get().subject == "Your file is ready"


def test_the_api_of_exports(api: Api, ann: User, mei: User) -> None:
    asked = api(ann).post("/api/v1/me/export/")
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    path = f"/api/v1/me/export/{asked.json()['id']}/"
    assert api(ann).get(path).json()["url"] is None
    assert api(mei).get(path).status_code == 404
    make_export(asked.json()["id"])
    url = api(ann).get(path).json()["url"]
    answer: Any = Client().get(url)
    assert answer.status_code == 200
    answer.close()


def test_a_link_opens_for_a_day_and_only_as_it_was_made(client: Client, ann: User) -> None:
    export = ask_for_export(ann)
    make_export(export.pk)
    export.refresh_from_db()
    link = link_of(export)
    assert link is not None
    assert client.get(link[:-4] + "xxx/").status_code == 404
    assert client.get(f"/exports/{export.pk}/").status_code == 404
    Export.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert client.get(link).status_code == 404
    sweep_exports()
    export.refresh_from_db()
    assert (export.state, default_storage.exists(export.file or "x")) == ("expired", False)


def test_what_a_dead_worker_left_is_made_by_the_next(ann: User) -> None:
    export = ask_for_export(ann)
    long_ago = timezone.now() - timedelta(minutes=6)
    Export.objects.update(state="running", claimed_at=long_ago, attempts=1)
    sweep_exports()
    export.refresh_from_db()
    assert (export.state, export.attempts) == ("ready", 2)


def test_after_five_tries_it_says_so(ann: User, browser_of: BrowserOf) -> None:
    export = ask_for_export(ann)
    Export.objects.update(attempts=5)
    make_export(export.pk)
    export.refresh_from_db()
    assert export.state == "failed"
    page = browser_of(ann).get("/settings/export/").content.decode()
    assert "The file could not be made" in page


def test_the_notes_of_others_are_not_in_it(full_ann: User, post_note: PostNote) -> None:
    other = make_person("other")
    bring_to(submit_comment(other, post_note(full_ann), "canary").case, "published")
    archive = zip_of(full_ann)
    assert all(b"canary" not in archive.read(name) for name in archive.namelist())
