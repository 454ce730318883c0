"""Posters of people, topics and boards: drawn once, and only of what a stranger may see."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image as Picture
from PIL import ImageChops

from accounts.actions import block, change_profile
from accounts.models import User
from conftest import PostNote, bring_to
from feeds.store import client as redis
from notes.actions import create_board, save_note
from notes.models import Note
from notes.posters.drawing import HEIGHT, WIDTH, mosaic
from notes.tests.rows import note_of

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def picture_of(client: Client, page: str) -> str:
    """The path of the picture that a page names."""
    return client.get(page).text.split('og:image" content="http://testserver')[1].split('"')[0]


def poster_at(client: Client, path: str) -> Picture.Image:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=3600, s-maxage=60"
    poster = Picture.open(io.BytesIO(answer.content))
    assert (poster.size, poster.format) == ((WIDTH, HEIGHT), "JPEG")
    return poster


def differ(one: Picture.Image, other: Picture.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None


def test_a_person_has_a_poster_that_keeps_up(client: Client, ann: User) -> None:
    path = picture_of(client, "/@ann/")
    assert path == "/@ann/poster.jpg"
    before = poster_at(client, path)
    assert not differ(before, poster_at(client, path))
    assert len(redis.keys("poster:*")) == 1
    note_of(ann)
    assert differ(before, poster_at(client, path))


def test_what_may_no_longer_be_seen_leaves_the_poster(
    client: Client, ann: User, post_note: PostNote
) -> None:
    bare = poster_at(client, "/@ann/poster.jpg")
    shown = post_note(ann, "For all")
    note_of(ann, "For me alone", audience="private")
    with_cover = poster_at(client, "/@ann/poster.jpg")
    assert differ(bare, with_cover)
    bring_to(shown.case, "removed")
    assert not differ(bare, poster_at(client, "/@ann/poster.jpg"))


def test_only_an_open_account_has_a_poster(
    client: Client, browser_of: BrowserOf, ann: User, mei: User
) -> None:
    change_profile(ann, is_private=True)
    assert picture_of(client, "/@ann/") == "/poster.jpg"
    assert picture_of(browser_of(ann), "/@ann/") == "/poster.jpg"
    assert client.get("/@ann/poster.jpg").status_code == 404
    assert browser_of(ann).get("/@ann/poster.jpg").status_code == 404
    change_profile(ann, is_private=False)
    assert client.get("/@ann/poster.jpg").status_code == 200
    block(ann, mei)
    assert browser_of(mei).get("/@ann/poster.jpg").status_code == 404
    assert client.get("/@nobody/poster.jpg").status_code == 404


def test_a_topic_has_a_poster_while_strangers_could_come_across_it(
    client: Client, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Leaves", body="In the hills #红叶")
    path = picture_of(client, "/topics/红叶/")
    assert path == "/topics/%E7%BA%A2%E5%8F%B6/poster.jpg"
    poster_at(client, path)
    bring_to(note.case, "limited")
    assert client.get(path).status_code == 404


def test_a_board_has_a_poster_if_it_is_for_everybody(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Bread")
    hers, public = create_board(mei, "Mine", True), create_board(mei, "Kitchen", False)
    save_note(mei, note, public)
    assert public.case is not None
    bring_to(public.case, "published")
    assert picture_of(client, f"/boards/{public.pk}/") == f"/boards/{public.pk}/poster.jpg"
    with_bread = poster_at(client, f"/boards/{public.pk}/poster.jpg")
    Note.objects.filter(pk=note.pk).update(audience="followers")
    assert differ(with_bread, poster_at(client, f"/boards/{public.pk}/poster.jpg"))
    assert picture_of(browser_of(mei), f"/boards/{hers.pk}/") == "/poster.jpg"
    assert browser_of(mei).get(f"/boards/{hers.pk}/poster.jpg").status_code == 404
    bring_to(public.case, "removed")
    assert client.get(f"/boards/{public.pk}/poster.jpg").status_code == 404
    assert picture_of(browser_of(mei), f"/boards/{public.pk}/") == "/poster.jpg"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_mosaic_shows_each_of_its_pictures(count: int) -> None:
    colours = ["teal", "navy", "olive", "maroon"][:count]
    cover = mosaic([Picture.new("RGB", (300, 400), colour) for colour in colours])
    shown = {colour for _, colour in cover.getcolors(99) or []}
    whole = {Picture.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in colours}
    assert whole <= shown
