"""Topics: one row for every case and width of a name, listed and found over the API."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, make_person
from notes.actions import submit_note
from notes.models import Image, Topic

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "second", "name", "title"),
    [
        ("#Tea", "#TEA", "tea", "Tea"),
        ("#ｔｅａ", "＃Tea", "tea", "ｔｅａ"),
        ("#秋天", "＃秋天", "秋天", "秋天"),
        ("#cafe\u0301", "#CAFÉ", "café", "café"),
        ("#Straße", "#STRASSE", "strasse", "Straße"),
        ("#ﬁeld", "#FIELD", "field", "ﬁeld"),
    ],
)
def test_two_spellings_are_one_topic_under_its_first_title(
    ann: User, mei: User, post_note: PostNote, first: str, second: str, name: str, title: str
) -> None:
    notes = {post_note(ann, body=first).pk, post_note(mei, body=second).pk}
    assert list(Topic.objects.values_list("name", "title")) == [(name, title)]
    assert set(Topic.objects.get().notes.values_list("pk", flat=True)) == notes


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_make_each_topic_once(ready_image: Ready) -> None:
    people = [make_person(f"walker{n}") for n in range(10)]
    pictures = [ready_image(person).pk for person in people]
    together = Barrier(len(people))

    def post(n: int) -> None:
        body = "#Tea #秋天 #Lake" if n % 2 else "#LAKE ＃秋天 #ｔｅａ"
        together.wait()
        try:
            submit_note(people[n], "At once", body, [pictures[n]])
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(post, range(len(people))))
    counts = {topic.name: topic.notes.count() for topic in Topic.objects.all()}
    assert counts == {"tea": 10, "秋天": 10, "lake": 10}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tea", ["tea", "teapot"]),
        ("#TEA", ["tea", "teapot"]),
        ("ｔｅａｐ", ["teapot"]),
        ("秋", ["秋天", "秋游"]),
        ("pot", []),
        ("%", []),
        ("te_", []),
        ("", ["tea", "teapot", "秋天", "秋游"]),
        ("te\x00a", ["tea", "teapot"]),
    ],
)
def test_topics_are_found_by_how_they_begin(
    api: Api, ann: User, post_note: PostNote, asked: str, found: list[str]
) -> None:
    post_note(ann, body="#tea #teapot #秋天 #秋游")
    page = api().get("/api/v1/topics/", {"q": asked}).json()
    assert sorted(topic["name"] for topic in page["results"]) == found


def test_topics_page_by_cursor(api: Api, ann: User, post_note: PostNote) -> None:
    post_note(ann, body=" ".join(f"#walk{n}" for n in range(5)))
    seen, sizes, url = [], [], "/api/v1/topics/?q=walk&limit=2"
    while url:
        page = api().get(url).json()
        seen += [topic["name"] for topic in page["results"]]
        sizes.append(len(page["results"]))
        url = page["next"]
    assert (sorted(seen), sizes) == ([f"walk{n}" for n in range(5)], [2, 2, 1])


@pytest.mark.parametrize("spelling", ["Tea", "tea", "TEA", "ｔｅａ"])
def test_a_topic_answers_to_every_spelling(
    api: Api, ann: User, post_note: PostNote, spelling: str
) -> None:
    post_note(ann, body="#Tea")
    shape = api().get(f"/api/v1/topics/{spelling}/").json()
    viewer = {"following": False, "muted": False}
    assert shape == {"name": "tea", "title": "Tea", "url": "/topics/tea/", "viewer": viewer}


@pytest.mark.parametrize("name", ["nothing", "%00", "x" * 200, "te%00", "𝕏" * 50])
def test_an_unknown_topic_is_a_404(api: Api, name: str) -> None:
    assert api().get(f"/api/v1/topics/{name}/").json()["status"] == 404
