"""Exports: complete, made once, and open to nobody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Export, Letter, User
from conftest import PostNote, bring_to, make_person
from feeds.archive.asking import ask_for_export, link_of
from feeds.archive.making import make_export, sweep_exports
from feeds.tests.archives import lines, zip_of
from notes.actions import submit_comment

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


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
    said = [comment["body"] for comment in lines(archive, "comments")]
    assert said == ["Lovely", "In Hangzhou"]
    assert [line["note_author"] for line in lines(archive, "likes")] == ["mei"]
    assert {board["name"] for board in lines(archive, "boards")} == {"", "Places"}
    assert len(lines(archive, "saves")) == 4
    between = {(line["relation"], line["username"]) for line in lines(archive, "people")}
    assert between == {
        ("follows", "mei"),
        ("followed_by", "mei"),
        ("blocks", "tang"),
        ("mutes", "mei"),
    }
    assert [word["word"] for word in lines(archive, "muted_words")] == ["loud"]
    held = [verdict for verdict in lines(archive, "verdicts") if verdict["outcome"] == "hold"]
    assert [verdict["rule"] for verdict in held] == ["harassment"]


def test_a_file_is_asked_for_made_and_downloaded(
    browser_of: BrowserOf, full_ann: User, client: Client
) -> None:
    EmailAddress.objects.create(user=full_ann, email=full_ann.email, verified=True)
    browser = browser_of(full_ann)
    browser.post("/settings/export/")
    browser.post("/settings/export/")
    export = Export.objects.get()
    page = browser.get("/settings/export/").content.decode()
    assert "Your file is being made" in page
    assert "Your pictures: 4 of at most 2000," in page
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
