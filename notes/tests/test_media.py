"""Files of pictures: at their exact address, for whoever may see the note, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import change_avatar, follow, remove_avatar, unfollow
from accounts.models import User
from accounts.rendering import render_avatar_of
from conftest import PostNote
from moderation.actions import decide_by_hand
from moderation.models import Case
from moderation.policy import Outcome
from notes.actions import delete_note, upload_image
from notes.models import Image, Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db


def status(client: Any, address: str, **headers: str) -> int:
    """The status; a picture is read to its end, and is one."""
    answer = client.get(address, headers=headers)
    if answer.status_code == 200:
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    return int(answer.status_code)


def address_of(note: Note, width: str = "720") -> str:
    return note.images.get().urls[width]


def test_the_address_follows_every_decision_at_once(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="pending")
    address, seen = address_of(note), []
    viewers = [client, *(browser_of(person) for person in (mei, ann, bo))]
    seen.append([status(viewer, address) for viewer in viewers])
    for outcome in (Outcome.PUBLISH, Outcome.HOLD, Outcome.LIMIT, Outcome.REMOVE, Outcome.WARN):
        decide_by_hand(Case.objects.get(), bo, outcome, "harassment")
        seen.append([status(viewer, address) for viewer in viewers])
    hidden, shown = [404, 404, 200, 200], [200] * 4
    assert seen == [hidden, shown, hidden, shown, hidden, shown]


def test_the_address_follows_audience_and_follow(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    address, seen = address_of(note), []
    viewers = [client, *(browser_of(person) for person in (mei, ann, bo))]
    for audience, change in (("followers", None), ("followers", follow), ("private", None)):
        Note.objects.update(audience=audience)
        if change:
            change(mei, ann)
        seen.append([status(viewer, address) for viewer in viewers])
    Note.objects.update(audience="followers")
    unfollow(mei, ann)
    seen.append([status(viewer, address) for viewer in viewers])
    closed = [404, 404, 200, 404]
    assert seen == [closed, [404, 200, 200, 404], closed, closed]


def test_pictures_leave_with_their_author_and_come_back(
    client: Client, ann: User, post_note: PostNote
) -> None:
    address, seen = address_of(post_note(ann)), []
    for active in (True, False, True):
        User.objects.filter(pk=ann.pk).update(is_active=active)
        seen.append(status(client, address))
    assert seen == [200, 404, 200]


def test_pictures_of_a_deleted_note_are_gone_for_everybody(
    browser_of: BrowserOf,
    ann: User,
    post_note: PostNote,
    django_capture_on_commit_callbacks: Any,
) -> None:
    note = post_note(ann)
    image, address = note.images.get(), address_of(note)
    assert status(browser_of(ann), address) == 200
    with django_capture_on_commit_callbacks(execute=True):
        delete_note(note, ann)
    assert status(browser_of(ann), address) == 404
    assert not any(default_storage.exists(image.file_name(width)) for width in image.WIDTHS)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.replace("/720.", "/721."),
        lambda path: path.replace("/720.", "/0720."),
        lambda path: path.replace("/720.", "/72."),
        lambda path: path.replace("/720.", "/٧٢٠."),
        lambda path: path.replace(".webp", ".jpg"),
        lambda path: path.replace(".webp", ".webp/"),
        lambda path: path.replace(".webp", ".webp%00"),
        lambda path: path.upper(),
        lambda path: path[:14] + ("00" if path[14:16] != "00" else "11") + path[16:],
        lambda path: path.replace("/media/", "/media/../media/"),
        lambda path: path.replace("/media/", "/protected-media/"),
        lambda path: path.rsplit("/", 1)[0] + "/",
    ],
)
def test_any_other_address_is_a_404(
    browser_of: BrowserOf, ann: User, post_note: PostNote, change: Callable[[str], str]
) -> None:
    address, browser = address_of(post_note(ann)), browser_of(ann)
    assert change(address) != address
    assert (status(browser, address), status(browser, change(address))) == (200, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/../secret.txt",
        "/media/images/..%2f..%2fsecret.txt",
        "/media/avatars/../secret.txt",
        "/media/avatars/%2e%2e/secret.txt",
        "/media/avatars//secret.txt",
        "/media/secret.txt",
        "/media/",
    ],
)
def test_nothing_beside_the_pictures_is_served(browser_of: BrowserOf, ann: User, path: str) -> None:
    default_storage.save("secret.txt", SimpleUploadedFile("secret.txt", b"canary"))
    assert default_storage.exists("secret.txt")
    answer = browser_of(ann).get(path)
    assert answer.status_code == 404
    assert b"canary" not in answer.content


def test_an_original_is_never_served_not_even_to_its_owner(
    browser_of: BrowserOf, ann: User, photo: bytes
) -> None:
    image = upload_image(ann, SimpleUploadedFile("leaf.jpg", photo))
    assert default_storage.exists(image.incoming)
    paths = [f"/media/{image.incoming}", f"/media/images/../{image.incoming}"]
    paths += [f"/media/{image.file_name(width)}" for width in image.WIDTHS]
    assert [status(browser_of(ann), path) for path in paths] == [404] * 5


def test_a_loose_picture_is_its_owners_alone(
    client: Client, browser_of: BrowserOf, ann: User, bo: User, ready_image: Ready
) -> None:
    address = ready_image(ann).urls["360"]
    viewers = [client, browser_of(bo), browser_of(ann)]
    assert [status(viewer, address) for viewer in viewers] == [404, 404, 200]


def test_a_token_that_reads_opens_what_a_session_would(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    address = address_of(post_note(ann, audience="private"))
    clients = [api(), api(mei), api(ann), api(ann, ["read"]), api(ann, ["write"])]
    assert [status(client, address) for client in clients] == [404, 404, 200, 200, 404]


def test_a_bad_token_is_nobodys_even_beside_a_session(
    browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    address, browser = address_of(post_note(ann, audience="private")), browser_of(ann)
    assert status(browser, address) == 200
    assert status(browser, address, authorization="Bearer made-up") == 404


@pytest.mark.parametrize("width", ["360", "720", "1440"])
def test_a_browser_keeps_a_public_picture_and_a_proxy_asks_again_after_a_minute(
    client: Client, ann: User, post_note: PostNote, width: str
) -> None:
    address = address_of(post_note(ann), width)
    got, head = client.get(address), client.head(address)
    body = b"".join(got.streaming_content)  # type: ignore[attr-defined]
    for answer in (got, head):
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
        assert answer["Content-Type"] == "image/webp"
        assert int(answer["Content-Length"]) == len(body)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
    assert b"".join(head) == b""


def test_a_picture_for_some_is_kept_by_no_proxy(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    address = address_of(post_note(ann, audience="followers"))
    got = browser_of(mei).get(address)
    assert got["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"".join(got.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]


def test_a_missing_picture_is_not_kept(client: Client, ann: User, post_note: PostNote) -> None:
    address = address_of(post_note(ann, state="held"))
    answer = client.get(address)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_file_lost_from_the_disk_is_a_404(client: Client, ann: User, post_note: PostNote) -> None:
    note = post_note(ann)
    default_storage.delete(note.images.get().file_name(720))
    addresses = [address_of(note, width) for width in ("360", "720", "1440")]
    assert [status(client, address) for address in addresses] == [200, 404, 200]


def test_behind_nginx_the_app_says_yes_and_nginx_sends_the_file(
    client: Client, settings: LazySettings, ann: User, post_note: PostNote
) -> None:
    settings.MEDIA_ACCEL = True
    note = post_note(ann)
    image = note.images.get()
    answer = client.get(image.urls["720"])
    assert answer["X-Accel-Redirect"] == f"/protected-media/{image.file_name(720)}"
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == "image/webp"
    decide_by_hand(Case.objects.get(), None, Outcome.REMOVE, "harassment")
    hidden = client.get(image.urls["720"])
    assert (hidden.status_code, hidden.has_header("X-Accel-Redirect")) == (404, False)


def test_an_avatar_is_served_large_and_small(
    browser_of: BrowserOf,
    ann: User,
    mei: User,
    photo: bytes,
    django_capture_on_commit_callbacks: Any,
) -> None:
    change_avatar(ann, SimpleUploadedFile("me.jpg", photo))
    render_avatar_of(ann.pk)
    ann.refresh_from_db()
    browser = browser_of(mei)
    addresses = [str(ann.avatar_url), str(ann.small_avatar_url)]
    answers = [browser.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    large, small = (len(answer.getvalue()) for answer in answers)
    assert small < large
    with django_capture_on_commit_callbacks(execute=True):
        remove_avatar(ann)
    assert [status(browser, address) for address in addresses] == [404, 404]
