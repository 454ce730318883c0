"""Archives on another server: together, alone, and what was tampered with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions import change_avatar, leave
from accounts.models import Notification, User
from accounts.rendering import render_avatar_of
from conftest import bring_to
from feeds.erasure import erase
from feeds.tests.archives import archives_of, content_of, zip_of
from moderation.models import Case
from notes.actions import change_note, save_draft
from notes.editing import settle_edits
from notes.models import Image, Note

pytestmark = pytest.mark.django_db


def empty_the_server() -> None:
    """As a new server: nobody and nothing but what migrations make."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE accounts_user, moderation_case, notes_topic CASCADE")


def edit(note: Note, images: list[int], *bodies: str) -> None:
    """Change a note several times; the last edit still waits."""
    for body in bodies:
        change_note(note, note.author, body=body)
        bring_to(note.versions.get(shown_at=None).case, "published")
        settle_edits()
    shown = [image.pk for image in note.images.all()]
    change_note(note, note.author, title="Another title", images=shown + images)


def test_who_moves_to_another_server_together_has_the_same_there(
    full_ann: User, mei: User, tang: User, ready_image: Callable[..., Image], tmp_path: Path
) -> None:
    note = Note.objects.get(title="Autumn walk")
    edit(note, [ready_image(full_ann).pk], "By the river #tea", "By the sea #tea")
    tomorrow = timezone.now() + timedelta(days=1)
    later = save_draft(full_ann, title="Later", images=[ready_image(full_ann).pk])
    change_note(later, full_ann, publish_at=tomorrow)
    paths = archives_of(tmp_path, full_ann, mei, tang)
    before = content_of(zipfile.ZipFile(paths[0]))
    empty_the_server()
    call_command("import_export", *paths, "--people")
    ann = User.objects.get(username="ann")
    assert {note.state for note in Note.objects.by(ann)} == {"pending"}
    Case.objects.update(state="published")
    after = content_of(zip_of(ann))
    for name, value in before.items():
        assert (name, after[name]) == (name, value)
    assert {name for name, value in after.items() if not value} == set()
    assert not ann.has_usable_password()
    board = ann.boards.get(name="Places")
    kept = [save.note.title for save in board.saves.in_order()]
    assert kept == ["Morning", "Autumn walk", "Evening"]
    assert Note.objects.get(title="Morning").like_count == 1
    assert Notification.objects.filter(actor=ann).count() == 0


def test_who_comes_alone_is_told_what_is_not_here(
    full_ann: User, tmp_path: Path, photo: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    change_avatar(full_ann, SimpleUploadedFile("me.jpg", photo))
    render_avatar_of(full_ann.pk)
    full_ann.refresh_from_db()
    paths = archives_of(tmp_path, full_ann)
    empty_the_server()
    call_command("import_export", *paths)
    said = capsys.readouterr().out
    assert said.startswith("@ann is here, with 4 notes and 1 comments. Left out: ")
    assert "1 likes" in said
    assert "2 saves" in said
    assert "1 pinned comments" in said
    assert "4 people" in said
    ann = User.objects.get(username="ann")
    assert [comment.body for comment in ann.comments.all()] == ["In Hangzhou"]
    assert [save.note.title for save in ann.saves.all()] == ["Autumn walk", "Only for me"]
    assert ann.avatar != full_ann.avatar
    for address in (ann.avatar_url, ann.small_avatar_url):
        assert Client().get(str(address)).getvalue().startswith(b"RIFF")


def test_a_note_that_is_still_there_is_liked_again_after_coming_back(
    full_ann: User, tmp_path: Path
) -> None:
    paths = archives_of(tmp_path, full_ann)
    leave(full_ann)
    erase(full_ann.pk)
    morning = Note.objects.get(title="Morning")
    assert morning.like_count == 0
    call_command("import_export", *paths, "--username", "ann_again")
    ann = User.objects.get(username="ann_again")
    morning.refresh_from_db()
    assert (morning.like_count, morning.save_count) == (1, 1)
    assert [comment.body for comment in morning.comments.all()] == ["Lovely"]
    browser = Client()
    browser.force_login(ann)
    told = browser.get("/decisions/").content.decode()
    assert "On another server" in told
    assert told.count("Decided by a person.") == 1


def test_a_taken_name_is_chosen_anew(full_ann: User, tmp_path: Path) -> None:
    (path,) = archives_of(tmp_path, full_ann)
    with pytest.raises(CommandError):
        call_command("import_export", path)
    User.objects.filter(pk=full_ann.pk).update(email="elsewhere@example.org")
    call_command("import_export", path, "--username", "ann_2", "--people")
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
    yield rewritten(
        person, lambda _, data: re.sub(rb'"published_at":"\d+', b'"published_at":"2099', data)
    )
    yield rewritten(
        person,
        lambda name, data: (
            re.sub(rb'"body":"[^"]*"', b'"body":"Never judged"', data)
            if name == "versions.jsonl"
            else data
        ),
    )


def lying(lie: bytes, truth: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(truth, lie)


def test_a_file_that_was_tampered_with_changes_nothing(full_ann: User, tmp_path: Path) -> None:
    User.objects.filter(pk=full_ann.pk).update(email="elsewhere@example.org")
    edit(Note.objects.get(title="Autumn walk"), [], "By the river #tea")
    path = tmp_path / "bad.zip"
    for bad in bad_archives(full_ann):
        path.write_bytes(bad)
        with pytest.raises(CommandError):
            call_command("import_export", str(path), "--username", "evil")
        assert not User.objects.filter(username="evil").exists()
