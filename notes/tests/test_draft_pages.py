"""Drafts, scheduled notes and edits in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from conftest import PostNote, bring_to
from notes.actions import save_draft
from notes.editing import settle_edits
from notes.forms import PublishForm
from notes.models import Image, Note, Version

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
Ready = Callable[..., Image]
WORDS = {"title": "Half a thought", "body": "canary body", "audience": "followers"}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_words_become_a_draft_and_the_next_ones_change_it(
    browser_of: BrowserOf, ann: User, ready_image: Ready
) -> None:
    browser, image = browser_of(ann), ready_image(ann)
    first = browser.post("/publish/autosave/", {"title": "Ha"}).json()
    assert timezone.now() - datetime.fromisoformat(first["saved_at"]) < timedelta(minutes=1)
    again = browser.post(first["autosave"], WORDS | {"image": image.pk, f"alt-{image.pk}": "Leaf"})
    draft = Note.drafts.get()
    assert (again.json()["edit"], draft.title) == (f"/notes/{draft.pk}/edit/", "Half a thought")
    assert [(shown.pk, shown.alt) for shown in draft.images.all()] == [(image.pk, "Leaf")]
    resumed = page(browser, first["edit"])
    assert "canary body" in resumed
    assert f'name="image" value="{image.pk}"' in resumed
    assert f'data-autosave="{first["autosave"]}"' in resumed


def test_what_cannot_be_kept_says_why(browser_of: BrowserOf, ann: User) -> None:
    refused = browser_of(ann).post("/publish/autosave/", {"title": "x" * 101})
    assert refused.status_code == 400
    assert refused.json()["errors"] == ["At most 100 characters; these are 101."]
    assert Note.drafts.count() == 0


def test_nobody_writes_on_in_the_draft_of_another(
    browser_of: BrowserOf, ann: User, tang: User, post_note: PostNote
) -> None:
    draft, sent = save_draft(ann, title="canary"), post_note(ann)
    for note in (draft, sent):
        for part in ("edit/", "autosave/", "deletion/"):
            answer = browser_of(tang).post(f"/notes/{note.pk}/{part}", WORDS)
            assert answer.status_code == 404
    assert browser_of(ann).post(f"/notes/{sent.pk}/autosave/", WORDS).status_code == 404
    assert "canary" not in page(browser_of(tang), "/drafts/")


def test_drafts_are_listed_and_deleted(browser_of: BrowserOf, ann: User) -> None:
    browser = browser_of(ann)
    assert "No drafts" in page(browser, "/drafts/")
    draft = save_draft(ann, title="Half a thought")
    assert f'href="/notes/{draft.pk}/edit/"' in page(browser, "/drafts/")
    assert "Delete this draft?" in page(browser, f"/notes/{draft.pk}/deletion/")
    assert browser.post(f"/notes/{draft.pk}/deletion/")["Location"] == "/drafts/"
    assert Note.drafts.count() == 0


def test_a_draft_is_kept_and_sent_without_script(
    browser_of: BrowserOf, ann: User, photo: bytes
) -> None:
    browser = browser_of(ann)
    kept = browser.post("/publish/", WORDS | {"intent": "draft"})
    draft = Note.drafts.get()
    assert kept["Location"] == f"/notes/{draft.pk}/edit/"
    sent = WORDS | {"intent": "publish", "images": SimpleUploadedFile("leaf.jpg", photo)}
    assert browser.post(kept["Location"], sent)["Location"] == f"/notes/{draft.pk}/"
    note = Note.objects.get()
    assert (note.pk, note.images.count(), note.state) == (draft.pk, 1, "pending")


def test_a_time_is_meant_in_the_zone_of_its_author(
    browser_of: BrowserOf, ann: User, ready_image: Ready
) -> None:
    at = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT09:30")
    sent = WORDS | {"intent": "schedule", "publish_at": at, "time_zone": "Asia/Shanghai"}
    answer = browser_of(ann).post("/publish/", sent | {"image": ready_image(ann).pk})
    assert answer["Location"] == "/drafts/"
    moment = Note.drafts.get().publish_at
    assert moment is not None
    assert moment.astimezone(UTC).strftime("%H:%M") == "01:30"
    assert "Scheduled" in page(browser_of(ann), "/drafts/")


@pytest.mark.parametrize(
    ("at", "zone", "error"),
    [
        ("", "UTC", "Choose a day and a time."),
        ("soon", "UTC", "Choose a day and a time."),
        ("2020-01-01T10:00", "UTC", "Choose a time to come."),
        # On this night New York has no half past two.
        ("2037-03-08T02:30", "America/New_York", "Choose a day and a time."),
        ("2037-01-01T10:00", "Moon/Tycho", "Moon/Tycho"),
    ],
)
def test_a_time_that_is_none_is_refused(
    browser_of: BrowserOf, ann: User, ready_image: Ready, at: str, zone: str, error: str
) -> None:
    sent = WORDS | {"intent": "schedule", "publish_at": at, "time_zone": zone}
    answer = browser_of(ann).post("/publish/", sent | {"image": ready_image(ann).pk})
    assert error in answer.content.decode()
    assert Note.drafts.count() == 0


def test_a_note_is_edited_with_its_pictures(
    browser_of: BrowserOf, ann: User, mei: User, ready_image: Ready, post_note: PostNote
) -> None:
    note, browser = post_note(ann, "Old", images=2), browser_of(ann)
    first, second = note.images.all()
    new = ready_image(ann)
    address = f"/notes/{note.pk}/edit/"
    form = page(browser, address)
    assert 'value="Old"' in form
    assert "data-autosave" not in form
    sent: dict[str, Any] = {"title": "New", "audience": "public", "revision": note.revision}
    sent |= {"image": [new.pk, second.pk], f"alt-{second.pk}": "A leaf"}
    assert browser.post(address, sent)["Location"] == f"/notes/{note.pk}/"
    mine, theirs = (page(browser_of(who), f"/notes/{note.pk}/") for who in (ann, mei))
    assert ("Your edit is being checked" in mine, "New" in mine) == (True, True)
    assert ("Old" in theirs, "New" in theirs) == (True, False)
    bring_to(Version.objects.get(number=2).case, "published")
    settle_edits()
    theirs = page(browser_of(mei), f"/notes/{note.pk}/")
    assert ("Old" in theirs, "New" in theirs, ">已编辑</a>" in theirs) == (False, True, True)
    assert list(note.images.values_list("pk", "alt")) == [(new.pk, ""), (second.pk, "A leaf")]
    assert not Image.objects.filter(pk=first.pk).exists()


def test_an_edit_in_two_windows_is_told(
    browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    note, browser = post_note(ann, "Old"), browser_of(ann)
    sent = {"audience": "public", "revision": note.revision, "image": note.images.get().pk}
    browser.post(f"/notes/{note.pk}/edit/", sent | {"title": "One"})
    late = browser.post(f"/notes/{note.pk}/edit/", sent | {"title": "Two"})
    assert "This note was changed elsewhere meanwhile." in late.content.decode()
    assert Version.objects.get(number=2).title == "One"


def test_history_shows_what_was_said_before(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "First wording")
    assert "没有修改过" in page(browser_of(mei), f"/notes/{note.pk}/history/")
    sent = {"title": "Second wording", "audience": "public", "image": note.images.get().pk}
    browser_of(ann).post(f"/notes/{note.pk}/edit/", sent)
    assert "Second" not in page(browser_of(mei), f"/notes/{note.pk}/history/")
    bring_to(Version.objects.get(number=2).case, "published")
    settle_edits()
    told = page(browser_of(mei), f"/notes/{note.pk}/history/")
    assert told.index("Second wording") < told.index("First wording")


def test_an_edit_is_taken_back(browser_of: BrowserOf, ann: User, post_note: PostNote) -> None:
    note = post_note(ann, "Old")
    sent = {"title": "canary", "audience": "public", "image": note.images.get().pk}
    browser_of(ann).post(f"/notes/{note.pk}/edit/", sent)
    browser_of(ann).post(f"/notes/{note.pk}/edit/deletion/")
    assert "canary" not in page(browser_of(ann), f"/notes/{note.pk}/")


def test_the_second_language_stands_under_the_first(
    browser_of: BrowserOf, ann: User, ready_image: Ready, mei: User
) -> None:
    sent = WORDS | {"second_title": "半个念头", "second_body": "还没想完 #湖"}
    sent |= {"audience": "public", "image": str(ready_image(ann).pk)}
    browser_of(ann).post("/publish/", sent)
    note = Note.objects.get()
    bring_to(note.case, "published")
    shown = page(browser_of(mei), f"/notes/{note.pk}/")
    assert '<section class="second" lang="zh"><h2>半个念头</h2>' in shown
    assert [topic.title for topic in note.topics.all()] == ["湖"]


def test_a_picture_tells_how_far_it_is(
    browser_of: BrowserOf, ann: User, tang: User, ready_image: Ready
) -> None:
    image = ready_image(ann)
    address = f"/publish/images/{image.pk}/"
    assert image.urls["360"] in page(browser_of(ann), address)
    assert browser_of(tang).get(address).status_code == 404
    Image.objects.update(status=Image.Status.PROCESSING)
    assert f'hx-get="{address}"' in page(browser_of(ann), address)
    Image.objects.update(status=Image.Status.REJECTED)
    assert "Could not be read" in page(browser_of(ann), address)


def test_a_form_of_a_note_begins_with_what_it_says(ann: User) -> None:
    at = timezone.now() + timedelta(days=1)
    draft = Note(author=ann, title="x", language="fr", publish_at=at)
    initial = PublishForm.initial_of(draft)
    assert (initial["title"], initial["language"]) == ("x", "")
    assert initial["publish_at"] == at.strftime("%Y-%m-%dT%H:%M")
