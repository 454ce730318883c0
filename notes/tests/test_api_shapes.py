"""Shapes of the API: exactly these fields, of exactly these kinds, wherever they appear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to
from moderation.actions import decide_by_hand
from moderation.policy import Outcome
from notes.actions import like, submit_comment
from notes.models import Comment, Note

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db

PAGE = {"next", "previous", "results"}
PERSON = {"username", "display_name", "avatar"}
IMAGE = {"id", "status", "width", "height", "placeholder", "alt", "urls"}
NOTE = {
    "id", "url", "author", "title", "body", "language", "second", "warning", "audience",
    "commenters", "state", "reach", "images", "topics", "mentions", "place", "like_count",
    "save_count", "comment_count", "viewer", "created_at", "publish_at", "published_at",
    "edited_at",
}  # fmt: skip
COMMENT = {
    "id", "author", "body", "language", "state", "parent", "pinned", "like_count", "reply_count",
    "created_at", "edited_at", "viewer",
}  # fmt: skip
PROFILE = PERSON | {
    "bio", "languages", "is_private", "note_count", "follower_count", "following_count", "viewer",
}  # fmt: skip


@pytest.fixture
def note(ann: User, mei: User, post_note: PostNote) -> Note:
    return post_note(ann, "Autumn walk", "By the #lake with @mei", images=2, place="Ohio")


@pytest.fixture
def remark(mei: User, note: Note) -> Comment:
    written = submit_comment(mei, note, "好美！")
    bring_to(written.case, "published")
    return written


NOTE_LISTS = [
    "/api/v1/feeds/explore/",
    "/api/v1/feeds/explore/?topic=lake",
    "/api/v1/feeds/explore/?language=en",
    "/api/v1/feeds/following/",
    "/api/v1/users/ann/notes/",
]


def get(client: APIClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].split(";")[0] == "application/json"
    return answer.json()


@pytest.mark.parametrize("path", NOTE_LISTS)
def test_a_note_is_the_same_in_every_list_and_alone(
    api: Api, mei: User, ann: User, note: Note, remark: Comment, path: str
) -> None:
    follow(mei, ann)
    like(mei, note)
    client = api(mei)
    page, alone = get(client, path), get(client, f"/api/v1/notes/{note.pk}/")
    assert set(page) == PAGE
    assert page == {"next": None, "previous": None, "results": [alone]}


def test_a_note_has_these_fields_and_no_more(
    api: Api, mei: User, note: Note, remark: Comment
) -> None:
    shape = get(api(mei), f"/api/v1/notes/{note.pk}/")
    assert set(shape) == NOTE
    assert set(shape["author"]) == PERSON
    assert [set(image) for image in shape["images"]] == [IMAGE, IMAGE]
    changing = {"id", "url", "author", "images", "created_at", "published_at"}
    assert {key: value for key, value in shape.items() if key not in changing} == {
        "title": "Autumn walk",
        "body": "By the #lake with @mei",
        "language": "en",
        "second": None,
        "warning": None,
        "audience": "public",
        "commenters": "everyone",
        "state": "published",
        "reach": None,
        "topics": ["lake"],
        "mentions": ["mei"],
        "place": "Ohio",
        "like_count": 0,
        "save_count": 0,
        "comment_count": 1,
        "viewer": {"liked": False, "saved": False},
        "publish_at": None,
        "edited_at": None,
    }
    assert (shape["url"], shape["author"]["username"]) == (f"/notes/{note.pk}/", "ann")


def test_times_are_iso_8601_in_utc(api: Api, note: Note, remark: Comment) -> None:
    shape = get(api(), f"/api/v1/notes/{note.pk}/")
    comment = get(api(), f"/api/v1/notes/{note.pk}/comments/")["results"][0]
    times = [shape["created_at"], shape["published_at"], comment["created_at"]]
    stored = [note.created_at, note.published_at, remark.created_at]
    assert times == [moment.isoformat().replace("+00:00", "Z") for moment in stored if moment]


def test_an_image_has_an_address_for_each_width(api: Api, ann: User, note: Note) -> None:
    stored = note.images.all()[0]
    image = get(api(ann), f"/api/v1/images/{stored.pk}/")
    base = f"/media/images/{stored.key[:2]}/{stored.key}"
    assert set(image) == IMAGE
    assert image["urls"] == {width: f"{base}/{width}.webp" for width in ("360", "720", "1440")}
    assert (image["status"], image["width"], image["height"]) == ("ready", 60, 80)
    assert image == get(api(), f"/api/v1/notes/{note.pk}/")["images"][0]


def test_a_comment_has_these_fields_and_no_more(api: Api, note: Note, remark: Comment) -> None:
    page = get(api(), f"/api/v1/notes/{note.pk}/comments/")
    assert set(page) == PAGE
    (comment,) = page["results"]
    assert set(comment) == COMMENT
    assert set(comment["author"]) == PERSON
    said = {key: comment[key] for key in ("id", "body", "language", "state", "parent")}
    assert said == {
        "id": remark.pk, "body": "好美！", "language": "zh", "state": "published", "parent": None,
    }  # fmt: skip


def test_a_new_comment_has_the_shape_of_a_listed_one(api: Api, mei: User, note: Note) -> None:
    posted = api(mei).post(f"/api/v1/notes/{note.pk}/comments/", {"body": "Lovely"}).json()
    (listed,) = get(api(mei), f"/api/v1/notes/{note.pk}/comments/")["results"]
    assert posted == listed


def test_a_profile_counts_what_this_reader_may_see(
    api: Api, ann: User, mei: User, tang: User, note: Note, post_note: PostNote
) -> None:
    post_note(ann, "For followers", audience="followers")
    post_note(ann, "Held", state="held")
    follow(mei, ann)
    seen = {}
    for name, client in {"mei": api(mei), "tang": api(tang), "ann": api(ann), "": api()}.items():
        profile = get(client, "/api/v1/users/ann/")
        assert set(profile) == PROFILE
        titles = [shown["title"] for shown in get(client, "/api/v1/users/ann/notes/")["results"]]
        seen[name] = (profile["note_count"], titles, profile["viewer"]["following"])
    walk, followers = "Autumn walk", "For followers"
    assert seen == {
        "mei": (2, [followers, walk], True),
        "tang": (1, [walk], False),
        "ann": (3, ["Held", followers, walk], False),
        "": (1, [walk], False),
    }


def test_notes_of_a_profile_page_by_cursor(api: Api, ann: User, post_note: PostNote) -> None:
    posted = [post_note(ann, f"Note {n}").pk for n in range(5)]
    seen, url = [], "/api/v1/users/ann/notes/?limit=2"
    while url:
        page = get(api(), url)
        seen.append([shown["id"] for shown in page["results"]])
        url = page["next"]
    assert seen == [posted[:2:-1], posted[2:0:-1], posted[:1]]


def test_a_warning_is_named_by_its_rule(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="pending")
    decide_by_hand(note.case, None, Outcome.WARN, "violence_threat")
    shape = get(api(mei), f"/api/v1/notes/{note.pk}/")
    assert (shape["warning"], shape["state"]) == ("violence_threat", "published")


@pytest.mark.parametrize(
    "path",
    [
        "users/nobody/",
        "users/nobody/notes/",
        "users/NULL%00/",
        "notes/999999/",
        "notes/999999/comments/",
        "topics/nothing/",
    ],
)
def test_what_is_absent_is_a_problem_of_four_fields(api: Api, ann: User, path: str) -> None:
    refused = api(ann).get(f"/api/v1/{path}")
    assert refused["Content-Type"] == "application/problem+json"
    problem = refused.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert (problem["status"], problem["title"]) == (404, "Not Found")
