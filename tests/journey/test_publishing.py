"""A photo from a phone becomes a note that a follower and then everybody sees."""

from __future__ import annotations

import io
import time
from contextlib import closing

import pytest
from PIL import Image

from tests.journey.house import House, seconds_until
from tests.journey.people import Person, Visitor
from tests.journey.photos import HEIGHT, MAPLE_RED, SECRET, WIDTH, chunks_of, phone_photo

pytestmark = pytest.mark.journey
COUNTING = """
from notes.models import Image
print(Image.objects.filter(owner__username="{username}").count())
"""


def test_a_note_reaches_the_follower_and_then_everybody(
    ann: Person, mei: Person, stranger: Visitor
) -> None:
    photo = phone_photo()
    assert 3e6 < len(photo) < 6e6
    picture = ann.upload(photo, alt="A red corner of the sky")
    assert (picture["width"], picture["height"]) == (HEIGHT, WIDTH)  # as one holds it

    posted_at = time.monotonic()
    note = ann.post("First maple leaves", "Found on the way home. #autumn", [picture["id"]])
    pk = note["id"]
    assert note["state"] == "pending"
    seconds_until("published", lambda: ann.state(pk) == "published", since=posted_at)
    seconds_until("in Following", lambda: pk in mei.feed("following"), since=posted_at)
    seconds_until("in Explore", lambda: pk in stranger.feed("explore"), since=posted_at)

    assert stranger.everywhere(pk, ann.username) == {
        "API", "page", "explore", "explore page", "profile", "profile page",
    }  # fmt: skip
    with closing((reader := mei.browser()).http):
        assert reader.page("/following/") == [pk]
    assert stranger.http.get("/following/").url.path == "/accounts/login/"


def test_the_picture_of_a_note_is_served_upright_and_without_a_trace_of_where_it_was_taken(
    ann: Person, stranger: Visitor
) -> None:
    assert SECRET.encode() in phone_photo()
    note = ann.post("Evening light", "By the river.", [ann.upload(phone_photo())["id"]])
    seconds_until("published", lambda: ann.state(note["id"]) == "published")
    image = stranger.http.get(f"/api/v1/notes/{note['id']}/").json()["images"][0]
    assert image["status"] == "ready"
    assert sorted(image["urls"], key=int) == ["360", "720", "1440"]
    for width, url in image["urls"].items():
        answer = stranger.http.get(url)
        assert answer.headers["Content-Type"] == "image/webp"
        assert chunks_of(answer.content) == {b"VP8 "}
        assert SECRET.encode() not in answer.content
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert picture.size == (int(width), int(width) * 4 // 3)
            seen = picture.convert("RGB").getpixel((picture.width - 20, 20))
        assert isinstance(seen, tuple)
        assert max(abs(a - b) for a, b in zip(seen, MAPLE_RED, strict=True)) < 12


def test_a_broken_picture_is_refused_in_words_and_leaves_nothing_behind(
    stack: House, ann: Person
) -> None:
    halved = {"file": ("leaf.jpg", phone_photo()[:100_000], "image/jpeg")}
    answer = ann.http.post("/api/v1/images/", files=halved)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]
    assert stack.python(COUNTING.format(username=ann.username)) == "0"
