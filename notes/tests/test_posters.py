"""Posters: both scripts, no boxes in place of letters, and only of what anybody may read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as Picture
from PIL import ImageChops
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions import block
from accounts.models import User
from conftest import PostNote, bring_to, introduce
from moderation.actions import decide_by_hand
from moderation.policy import Outcome
from notes.actions import delete_note
from notes.models import Image, Note
from notes.posters.drawing import HEIGHT, WIDTH, Poster, draw
from notes.posters.lettering import drawable, fitted, font_of, lines_of

BrowserOf = Callable[[User], Client]
FONT = font_of(40)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Autumn  walk\n", "Autumn walk"),
        ("雨天的龙井茶，慢慢喝", "雨天的龙井茶，慢慢喝"),
        ("한국 かな Ελλάς", "한국 かな Ελλάς"),
        ("Leaves 🍁 on water", "Leaves on water"),
        ("مرحبا by the lake", ""),
        ("🍁🍁", ""),
    ],
)
def test_what_the_font_lacks_is_never_a_box(text: str, drawn: str) -> None:
    assert drawable(text, FONT) == drawn


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("一二三四五，六七", ["一二三四五，", "六七"]),
        ("一二三四五六七八，九", ["一二三四五六", "七八，九"]),
        ("一二三四五《六七》", ["一二三四五", "《六七》"]),
        ("walk 一二三四", ["walk 一", "二三四"]),
        ("abcdefghij", ["abcdefg", "hij"]),
        ("one two three four five", ["one two", "three…"]),
        ("", [""]),
    ],
)
def test_lines_break_as_readers_of_the_script_expect(text: str, lines: list[str]) -> None:
    wide = dict.fromkeys("一二三四五六七八九，《》", 1.15)
    length = lambda words: sum(wide.get(char, 1) for char in words)  # noqa: E731
    assert lines_of(text, 7.2, 2, length) == lines


def test_a_long_title_gets_smaller_letters_and_is_cut_at_last() -> None:
    length_at = lambda size: lambda text: len(text) * size  # noqa: E731
    sizes = ((20, 1), (10, 2))
    assert fitted("tea leaf", 200, sizes, length_at) == (20, ["tea leaf"])
    assert fitted("tea leaves in rain", 200, sizes, length_at) == (10, ["tea leaves in rain"])
    assert fitted("t" * 50, 200, sizes, length_at)[1][-1].endswith("t…")


def test_han_characters_have_the_shape_of_their_region() -> None:
    shapes = [bytes(FONT.getmask("骨", language=tag)) for tag in ("zh-Hans", "ja")]
    assert shapes[0] != shapes[1]


def test_a_title_that_no_font_can_draw_leaves_the_picture_alone() -> None:
    cover = Picture.new("RGB", (300, 400), "teal")
    with_words, without = (
        Picture.open(io.BytesIO(draw(Poster(cover, title, "Ann")))) for title in ("山", "مرحبا")
    )
    assert (with_words.size, with_words.format) == ((WIDTH, HEIGHT), "JPEG")
    assert len(without.getcolors(WIDTH * HEIGHT) or []) == 1
    assert ImageChops.difference(with_words, without).getbbox() is not None


def poster_in(client: Client, note: Note) -> str:
    """The path of the picture that the page of the note names."""
    page = client.get(f"/notes/{note.pk}/").text
    return page.split('og:image" content="http://testserver')[1].split('"')[0]


def status(client: Client, path: str) -> int:
    answer = client.get(path)
    if answer.status_code == 200 and answer.streaming:
        assert b"".join(answer).startswith(b"\xff\xd8")
        assert answer["Cache-Control"] == "public, max-age=3600, s-maxage=60"
    return answer.status_code


def kept() -> list[str]:
    return [
        name
        for image in Image.objects.all()
        for name in default_storage.listdir(image.folder)[1]
        if name.startswith("poster")
    ]


@pytest.mark.django_db
def test_a_poster_is_drawn_once_for_each_version(
    client: Client, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Slow Sunday 周末")
    path = poster_in(client, note)
    assert [status(client, path), status(client, path)] == [200, 200]
    assert kept() == [f"poster-{path.split('v=')[1]}.jpg"]
    introduce(ann, display_name="Ann of Ohio")
    later = poster_in(client, note)
    assert later != path
    assert status(client, later) == 200
    assert kept() == [f"poster-{later.split('v=')[1]}.jpg"]


@pytest.mark.django_db
def test_nothing_of_a_deleted_note_stays(
    client: Client,
    ann: User,
    post_note: PostNote,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    note = post_note(ann)
    assert status(client, poster_in(client, note)) == 200
    folder = note.images.get().folder
    assert len(default_storage.listdir(folder)[1]) == 4
    with django_capture_on_commit_callbacks(execute=True):
        delete_note(note, ann)
    assert default_storage.listdir(folder)[1] == []


@pytest.mark.django_db
def test_only_what_anybody_may_read_has_a_poster(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    shown, quiet = post_note(ann, "For all"), post_note(ann, "For few", audience="followers")
    warned = post_note(ann, "With a warning", state="pending")
    decide_by_hand(warned.case, bo, Outcome.WARN, "violence_threat")
    of = {note: f"/notes/{note.pk}/poster.jpg" for note in (shown, quiet, warned)}
    assert [status(client, path) for path in of.values()] == [200, 404, 404]
    assert [status(browser_of(ann), path) for path in of.values()] == [200, 404, 404]
    assert poster_in(browser_of(ann), quiet) == "/poster.jpg"
    block(ann, mei)
    assert status(browser_of(mei), of[shown]) == 404
    bring_to(shown.case, "removed")
    assert status(client, of[shown]) == 404


@pytest.mark.django_db
def test_every_other_page_has_the_poster_of_the_place(client: Client) -> None:
    page = client.get("/rules/").text
    assert '<meta property="og:image" content="http://testserver/poster.jpg">' in page
    picture = Picture.open(io.BytesIO(client.get("/poster.jpg").content))
    assert picture.size == (WIDTH, HEIGHT)
