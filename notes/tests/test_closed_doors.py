"""Ways around the rules that are closed: each of these once stood open or easily could."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import IdempotentAnswer, Token, User
from conftest import PostNote, bring_to, picture_bytes
from feeds.delivery import deliver_published
from feeds.pages import following_page
from moderation.actions import decide_by_hand
from moderation.models import Case, State
from moderation.policy import Outcome
from notes.editing import settle_edits
from notes.models import Image, Note, Topic, Version
from notes.rendering import render_overdue

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
Browser = Callable[[User], Client]
Ready = Callable[..., Image]
DESK = ("/admin/moderation/case/", "/admin/notes/note/")


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    if isinstance(answer, FileResponse):
        assert b"".join(answer)
    return int(answer.status_code)


@pytest.mark.parametrize("audience", ["private", "followers"])
@pytest.mark.parametrize("page", DESK)
def test_the_desk_shows_nothing_that_was_not_for_it(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser, audience: str, page: str
) -> None:
    post_note(ann, "canary-words", audience=audience)
    assert "canary-words" not in browser_of(bo).get(page).content.decode()


def test_the_desk_shows_what_is_held_among_followers_but_never_what_is_private(
    ann: User, bo: User, mei: User, post_note: PostNote, browser_of: Browser
) -> None:
    shown = post_note(ann, "for-followers", audience="followers", state="held")
    hidden = post_note(ann, "for-nobody", audience="private", state="held")
    desk = browser_of(bo)
    page = desk.get("/admin/moderation/case/?queue=waiting").content.decode()
    screens = [f"/admin/moderation/case/{note.case_id}/change/" for note in (shown, hidden)]
    assert [screen in page for screen in screens] == [True, False]
    assert [desk.get(screen).status_code for screen in screens] == [200, 302]
    pictures = [note.images.get().urls["360"] for note in (shown, hidden)]
    assert [status(desk, picture) for picture in pictures] == [200, 404]
    assert status(browser_of(mei), pictures[0]) == 404


def test_a_hidden_comment_cannot_be_read_on_the_way_to_deleting_it(
    api: Api, ann: User, tang: User, mei: User, post_note: PostNote, browser_of: Browser
) -> None:
    note = post_note(ann)
    said = api(tang).post(f"/api/v1/notes/{note.pk}/comments/", {"body": "canary-words"}).json()
    for reader in (ann, mei):
        assert browser_of(reader).get(f"/comments/{said['id']}/deletion/").status_code == 404


def test_the_description_of_a_judged_image_changes_once_it_is_judged_again(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    image = note.images.get()
    changed = api(ann).patch(f"/api/v1/images/{image.pk}/", {"alt": "unjudged"})
    assert (changed.status_code, changed.json()["alt"]) == (200, "unjudged")
    address = f"/api/v1/notes/{note.pk}/"
    assert api(ann).get(address).json()["images"][0]["alt"] == "unjudged"
    assert api(mei).get(address).json()["images"][0]["alt"] == ""
    bring_to(Version.objects.get(number=2).case, "published")
    settle_edits()
    assert api(mei).get(address).json()["images"][0]["alt"] == "unjudged"


def test_topics_given_apart_are_judged_too(api: Api, tang: User, ready_image: Ready) -> None:
    sent = {"title": "x", "images": [ready_image(tang).pk], "topics": ["secretword"]}
    api(tang).post("/api/v1/notes/", sent)
    assert "#secretword" in Case.objects.get().text


@pytest.mark.parametrize("topic", ["a/b", "two words", "node.js", "x\x07y", "a?b"])
def test_a_topic_is_what_a_hashtag_could_be(
    api: Api, ann: User, ready_image: Ready, topic: str
) -> None:
    sent = {"title": "x", "images": [ready_image(ann).pk], "topics": [topic]}
    refused = api(ann).post("/api/v1/notes/", sent)
    assert refused.json()["errors"][0]["field"] == "topics"
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("state", "audience"), [("pending", "public"), ("removed", "public"), ("published", "private")]
)
def test_the_topics_of_hidden_notes_are_hidden(
    api: Api, ann: User, post_note: PostNote, state: str, audience: str
) -> None:
    post_note(ann, "Tea #canary", state=state, audience=audience)
    client = api()
    assert client.get("/api/v1/topics/").json()["results"] == []
    for page in ("/api/v1/topics/canary/", "/topics/canary/"):
        assert client.get(page).status_code == 404


def test_hidden_replies_are_not_counted(api: Api, ann: User, post_note: PostNote) -> None:
    url = f"/api/v1/notes/{post_note(ann).pk}/comments/"
    client = api(ann)
    first = client.post(url, {"body": "Where?"}).json()["id"]
    for words in ("Here", "There"):
        client.post(url, {"body": words, "parent": first})
    cases = list(Case.objects.filter(kind="comment").order_by("id"))
    for case, state in zip(cases, ("published", "published", "removed"), strict=True):
        bring_to(case, state)
    shown = api().get(url).json()["results"]
    assert [comment["reply_count"] for comment in shown] == [0, 1]
    replies = api().get(url, {"parent": first}).json()["results"]
    assert [comment["body"] for comment in replies] == ["Here"]


@pytest.mark.parametrize("name", ["\x07\x1b", "a\x85b"])
def test_a_name_holds_nothing_that_cannot_be_shown(api: Api, ann: User, name: str) -> None:
    refused = api(ann).patch("/api/v1/me/", {"display_name": name})
    assert refused.json()["errors"][0]["field"] == "display_name"


def test_a_token_without_the_scope_does_not_moderate(
    api: Api, ann: User, bo: User, post_note: PostNote
) -> None:
    url = f"/api/v1/notes/{post_note(ann, state='held').pk}/"
    scopes = (["read", "write"], ["read", "moderate"])
    assert [api(bo, each).get(url).status_code for each in scopes] == [404, 200]


def test_a_revoked_token_gets_no_stored_answer(api: Api, ann: User) -> None:
    client = api(ann)
    again: dict[str, Any] = {"HTTP_IDEMPOTENCY_KEY": "one"}
    assert client.post("/api/v1/notifications/read/", {"up_to": 1}, **again).status_code == 204
    Token.objects.all().delete()
    assert client.post("/api/v1/notifications/read/", {"up_to": 1}, **again).status_code == 401


def test_a_request_that_died_is_done_by_the_next_one(api: Api, ann: User) -> None:
    client = api(ann)
    again: dict[str, Any] = {"HTTP_IDEMPOTENCY_KEY": "one"}
    client.post("/api/v1/notifications/read/", {"up_to": 1}, **again)
    long_ago = timezone.now() - timedelta(minutes=5)
    IdempotentAnswer.objects.update(status=None, created_at=long_ago)
    assert client.post("/api/v1/notifications/read/", {"up_to": 1}, **again).status_code == 204


def test_a_restored_note_enters_the_timelines_made_while_it_was_away(
    ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    mei.refresh_from_db()
    note = post_note(ann)
    decide_by_hand(Case.objects.get(), bo, Outcome.REMOVE, "hate")
    assert following_page(mei).rows == []
    decide_by_hand(Case.objects.get(), bo, Outcome.PUBLISH)
    assert (deliver_published(), deliver_published()) == (1, 0)
    assert [row.pk for row in following_page(mei).rows] == [note.pk]


@pytest.mark.parametrize("state", ["pending", "held"])
def test_what_was_deleted_waits_for_nobody(
    api: Api, ann: User, post_note: PostNote, state: str
) -> None:
    note = post_note(ann, state=state)
    api(ann).delete(f"/api/v1/notes/{note.pk}/")
    assert list(Case.objects.waiting_for_a_person()) == []
    bring_to(Case.objects.get(), "judged")
    assert Case.objects.get().state == state


def test_a_note_without_a_readable_picture_stays_with_its_author(
    api: Api, ann: User, ready_image: Ready
) -> None:
    image = ready_image(ann)
    waiting = {"status": Image.Status.PROCESSING, "attempts": 5, "claimed_at": None}
    Image.objects.update(**waiting, created_at="2026-01-01T00:00:00Z")
    api(ann).post("/api/v1/notes/", {"title": "x", "images": [image.pk]})
    render_overdue()
    assert Image.objects.get().status == Image.Status.REJECTED
    assert (Case.objects.get().state, Case.objects.get().ready_at) == (State.PENDING, None)


def test_a_picture_is_made_by_one_worker_at_a_time(api: Api, ann: User, settings: Any) -> None:
    file = SimpleUploadedFile("a.jpg", picture_bytes())
    api(ann).post("/api/v1/images/", {"file": file}, format="multipart")
    long_ago = timezone.now() - timedelta(hours=1)
    Image.objects.update(claimed_at=timezone.now(), created_at=long_ago)
    render_overdue()
    assert Image.objects.get().status == Image.Status.PROCESSING
    Image.objects.update(claimed_at=long_ago)
    render_overdue()
    assert Image.objects.get().status == Image.Status.READY


def test_a_disk_that_fails_costs_a_try_and_not_the_picture(
    api: Api, ann: User, settings: LazySettings
) -> None:
    file, folder = SimpleUploadedFile("a.jpg", picture_bytes()), Path(settings.MEDIA_ROOT)
    api(ann).post("/api/v1/images/", {"file": file}, format="multipart")
    Image.objects.update(created_at="2026-01-01T00:00:00Z")
    (folder / "images").write_text("a file in the place of the folder")
    render_overdue()
    (folder / "images").unlink()
    assert Image.objects.get().status == Image.Status.PROCESSING
    Image.objects.update(claimed_at=None)
    render_overdue()
    assert Image.objects.get().status == Image.Status.READY


@pytest.mark.parametrize(
    "path",
    [
        "/@ann/?before={n}", "/@ann/followers/?before={n}", "/api/v1/feeds/explore/?limit={n}",
        "/api/v1/users/ann/notes/?cursor={n}", "/api/v1/users/ann/notes/?cursor=cD0z",
        "/api/v1/users/a%00b/", "/api/v1/users/a%00b/notes/", "/topics/a%00b/",
    ],
)  # fmt: skip
def test_no_number_and_no_name_is_too_strange(api: Api, ann: User, path: str) -> None:
    assert api().get(path.format(n="9" * 5000)).status_code in {200, 400, 404}


def test_a_strange_session_is_nobody(client: Client) -> None:
    client.cookies["sessionid"] = "\x00aaaaaaaa"
    assert client.get("/following/").status_code == 302


def test_only_cards_that_exist_fill_redis(api: Api, ann: User, post_note: PostNote) -> None:
    page = api().get("/api/v1/feeds/explore/", {"topic": "x" * 3000}).json()
    assert page["results"] == []
    assert not Note.objects.exists()
