"""Publishing in the browser: all at once, or pictures first; and nothing is lost on an error."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from notes.forms import PublishForm
from notes.models import Image, Note
from notes.publishing import arranged

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
Ready = Callable[..., Image]


def files(photo: bytes, *names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, photo) for name in names]


def test_one_form_posts_pictures_and_words_at_once(
    browser_of: BrowserOf, ann: User, photo: bytes
) -> None:
    words = {"title": "Slow Sunday", "body": "#autumn", "place": "Ohio", "audience": "followers"}
    data = words | {"images": files(photo, "one.jpg", "two.jpg")}
    answer = browser_of(ann).post("/publish/", data)
    note = Note.objects.get()
    assert answer["Location"] == f"/notes/{note.pk}/"
    assert (note.title, note.body, note.place, note.audience) == tuple(words.values())
    assert note.images.count() == 2


def test_pictures_uploaded_before_come_in_the_order_of_the_form(
    browser_of: BrowserOf, ann: User, ready_image: Ready
) -> None:
    first, second = ready_image(ann), ready_image(ann)
    data = {"title": "Two", "audience": "public", "image": [second.pk, first.pk]}
    browser_of(ann).post("/publish/", data | {f"alt-{first.pk}": "A leaf"})
    shown = Note.objects.get().images.values_list("pk", "alt")
    assert list(shown) == [(second.pk, ""), (first.pk, "A leaf")]


def test_an_error_loses_neither_words_nor_pictures(
    browser_of: BrowserOf, ann: User, photo: bytes, ready_image: Ready
) -> None:
    kept = ready_image(ann)
    data = {"title": "好" * 101, "body": "canary body", "audience": "private", "image": kept.pk}
    data |= {f"alt-{kept.pk}": "canary alt", "images": files(photo, "new.jpg")}
    page = browser_of(ann).post("/publish/", data).content.decode()
    new = Image.objects.exclude(pk=kept.pk).get()
    assert "At most 100 characters; these are 101." in page
    for words in ("好" * 101, "canary body", 'value="canary alt"', 'value="private"'):
        assert words in page
    assert page.index(f'name="image" value="{kept.pk}"') < page.index(
        f'name="image" value="{new.pk}"'
    )
    assert re.search(r'<input[^>]*value="private"[^>]*checked', page)
    assert not Note.objects.exists()


def test_a_note_needs_a_picture_and_a_word(browser_of: BrowserOf, ann: User, photo: bytes) -> None:
    browser = browser_of(ann)
    page = browser.post("/publish/", {"title": "No picture", "audience": "public"})
    assert "A note has 1 to 18 images." in page.content.decode()
    page = browser.post("/publish/", {"audience": "public", "images": files(photo, "a.jpg")})
    assert "Write a title or a few words." in page.content.decode()
    assert not Note.objects.exists()


def test_a_bad_file_is_named_and_the_good_one_kept(
    browser_of: BrowserOf, ann: User, photo: bytes
) -> None:
    both = [*files(photo, "leaf.jpg"), SimpleUploadedFile("words.txt", b"not a picture")]
    page = browser_of(ann).post("/publish/", {"title": "x", "audience": "public", "images": both})
    assert "words.txt: This is not a picture we can read." in page.content.decode()
    assert page.content.decode().count('name="image"') == 1
    assert not Note.objects.exists()


def test_nobody_publishes_the_pictures_of_another(
    browser_of: BrowserOf, ann: User, tang: User, ready_image: Ready
) -> None:
    stolen = ready_image(ann)
    data = {"title": "Mine now", "audience": "public", "image": stolen.pk}
    page = browser_of(tang).post("/publish/", data | {f"alt-{stolen.pk}": "stolen"})
    stolen.refresh_from_db()
    assert stolen.alt == ""
    assert f'value="{stolen.pk}"' not in page.content.decode()
    assert not Note.objects.exists()


def test_a_picture_is_uploaded_on_its_own(browser_of: BrowserOf, ann: User, photo: bytes) -> None:
    part = browser_of(ann).post("/publish/images/", {"file": files(photo, "leaf.jpg")[0]})
    image = Image.objects.get()
    assert image.owner == ann
    assert f'<input type="hidden" name="image" value="{image.pk}">' in part.content.decode()


@pytest.mark.parametrize("content", [b"not a picture", b""])
def test_a_bad_upload_says_why(browser_of: BrowserOf, ann: User, content: bytes) -> None:
    data = {"file": SimpleUploadedFile("leaf.jpg", content)}
    part = browser_of(ann).post("/publish/images/", data).content.decode()
    assert "picture--failed" in part
    assert "errorlist" in part
    assert not Image.objects.exists()


def test_an_upload_is_deleted_by_its_owner_alone(
    browser_of: BrowserOf, ann: User, tang: User, ready_image: Ready
) -> None:
    address = f"/publish/images/{ready_image(ann).pk}/deletion/"
    assert browser_of(tang).post(address).status_code == 404
    assert browser_of(ann).post(address).status_code == 200
    assert not Image.objects.exists()


def test_pictures_are_moved_without_script(
    browser_of: BrowserOf, ann: User, ready_image: Ready
) -> None:
    a, b = ready_image(ann), ready_image(ann)
    data = {"title": "canary title", "image": [a.pk, b.pk], "arrange": f"{b.pk}:left"}
    page = browser_of(ann).post("/publish/", data).content.decode()
    assert page.index(f'name="image" value="{b.pk}"') < page.index(f'name="image" value="{a.pk}"')
    assert "canary title" in page
    assert "errorlist" not in page


@pytest.mark.parametrize(
    ("pk", "move", "after"),
    [
        (2, "left", [2, 1, 3]),
        (1, "left", [1, 2, 3]),
        (2, "right", [1, 3, 2]),
        (3, "right", [1, 2, 3]),
        (2, "remove", [1, 3]),
        (9, "left", [1, 2, 3]),
    ],
)
def test_arranging(pk: int, move: str, after: list[int]) -> None:
    assert arranged([1, 2, 3], pk, move) == after


def test_the_form_offers_every_audience() -> None:
    field = PublishForm().fields["audience"]
    assert field.initial == "public"


def test_publishing_needs_an_account(client: Client) -> None:
    assert client.get("/publish/")["Location"] == "/accounts/login/?next=/publish/"
