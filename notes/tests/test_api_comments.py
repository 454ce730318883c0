"""Comments and likes over the API."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, bring_to, make_person
from moderation.models import Case
from notes.actions import like, unlike
from notes.models import Comment, Like, Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def url_of(note: Note) -> str:
    return f"/api/v1/notes/{note.pk}/comments/"


def publish_all() -> None:
    for case in Case.objects.pending().filter(kind="comment"):
        bring_to(case, "judged")


def test_a_comment_is_pending_for_its_author_and_hidden_from_others(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    said = api(mei).post(url_of(note), {"body": "  真美！ "}).json()
    assert (said["body"], said["language"], said["state"]) == ("真美！", "zh", "pending")
    counts = [api(who).get(url_of(note)).json()["results"] for who in (mei, ann, None)]
    assert [len(found) for found in counts] == [1, 0, 0]
    publish_all()
    assert api().get(url_of(note)).json()["results"][0]["state"] == "published"
    assert api().get(f"/api/v1/notes/{note.pk}/").json()["comment_count"] == 1


def test_a_threat_in_a_comment_stays_hidden(
    api: Api, ann: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    api(tang).post(url_of(note), {"body": "I will kill you"})
    publish_all()
    assert api(ann).get(url_of(note)).json()["results"] == []
    decisions = api(tang).get("/api/v1/decisions/").json()["results"]
    assert [(d["kind"], d["rule"], d["decided_by"]) for d in decisions] == [
        ("comment", "violence_threat", "machine")
    ]


def test_replies_are_counted_and_belong_to_the_same_note(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note, other = post_note(ann, "one"), post_note(ann, "other")
    first = api(mei).post(url_of(note), {"body": "Where is it?"}).json()
    publish_all()
    reply = api(ann).post(url_of(note), {"body": "Hangzhou", "parent": first["id"]})
    assert reply.json()["parent"] == first["id"]
    publish_all()
    shown = api().get(url_of(note)).json()["results"]
    assert [(c["body"], c["reply_count"]) for c in shown] == [("Hangzhou", 0), ("Where is it?", 1)]
    wrong = api(ann).post(url_of(other), {"body": "x", "parent": first["id"]})
    assert wrong.json()["errors"][0]["field"] == "parent"


@pytest.mark.parametrize("body", ["", "  ", "\u200b", "x" * 1001, "a\x00", None, ["x"]])
def test_a_bad_comment_names_its_field(
    api: Api, ann: User, post_note: PostNote, body: object
) -> None:
    refused = api(ann).post(url_of(post_note(ann)), {"body": body})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "body"
    assert not Comment.objects.exists()


def test_who_deletes_a_comment(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    ids = [api(mei).post(url_of(note), {"body": f"No. {n}"}).json()["id"] for n in range(2)]
    publish_all()
    assert api(tang).delete(f"/api/v1/comments/{ids[0]}/").status_code == 403
    assert api(mei).delete(f"/api/v1/comments/{ids[0]}/").status_code == 204
    assert api(ann).delete(f"/api/v1/comments/{ids[1]}/").status_code == 204
    assert api(ann).delete(f"/api/v1/comments/{ids[1]}/").status_code == 404


def test_likes_are_toggles_that_count_once(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    url = f"/api/v1/notes/{post_note(ann).pk}/like/"
    client = api(mei)
    codes = [client.put(url).status_code for _ in range(2)]
    assert (codes, Note.objects.get().like_count) == ([204, 204], 1)
    codes = [client.delete(url).status_code for _ in range(2)]
    assert (codes, Note.objects.get().like_count) == ([204, 204], 0)
    assert api().put(url).status_code == 401


def test_what_cannot_be_seen_cannot_be_liked_or_commented(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="held")
    assert api(mei).put(f"/api/v1/notes/{note.pk}/like/").status_code == 404
    assert api(mei).post(url_of(note), {"body": "x"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_make_fifty_likes(post_note: PostNote) -> None:
    note = post_note(make_person("ann"))
    people = [make_person(f"reader{n}") for n in range(50)]

    def each(person: User) -> None:
        try:
            for act in (like, like, unlike, like):
                act(person, note)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(each, people))
    assert (Note.objects.get().like_count, Like.objects.count()) == (50, 50)


def test_comments_page_by_cursor(api: Api, ann: User, post_note: PostNote) -> None:
    note = post_note(ann)
    client = api(ann)
    for n in range(5):
        client.post(url_of(note), {"body": f"No. {n}"})
    seen, url = [], f"{url_of(note)}?limit=2"
    while url:
        page = client.get(url).json()
        seen += [comment["body"] for comment in page["results"]]
        url = page["next"]
    assert seen == [f"No. {n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("cursor", ["x", "bz0tMQ==", "cD14", "cD0xJng9MQ=="])
def test_a_made_up_cursor_is_a_400(api: Api, ann: User, post_note: PostNote, cursor: str) -> None:
    assert api().get(url_of(post_note(ann)), {"cursor": cursor}).status_code == 400
