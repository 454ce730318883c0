"""Editing what was sent: the old words stay until the new ones are judged, and are remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to
from feeds.delivery import deliver_published
from moderation.actions import decide_by_hand
from moderation.models import Case
from moderation.policy import Outcome
from notes.editing import settle_edits
from notes.models import Image, Note, Version

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db


def address_of(note: Note) -> str:
    return f"/api/v1/notes/{note.pk}/"


def judge(state: str) -> None:
    """Bring the newest version into a state, and do what the beat does."""
    bring_to(Version.objects.latest("pk").case, state)
    settle_edits()


def test_the_old_words_stay_until_the_new_ones_are_judged(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Old", "Old words #old")
    edited = api(ann).patch(address_of(note), {"title": "New", "body": "New words #new @mei"})
    assert edited.status_code == 200
    mine = edited.json()
    assert (mine["title"], mine["state"], mine["topics"]) == ("New", "pending", ["new"])
    assert (mine["mentions"], mine["reach"]["link"]) == (["mei"], True)
    theirs = api(mei).get(address_of(note)).json()
    assert (theirs["title"], theirs["state"], theirs["edited_at"]) == ("Old", "published", None)
    judge("published")
    theirs = api(mei).get(address_of(note)).json()
    assert (theirs["title"], theirs["topics"], theirs["mentions"]) == ("New", ["new"], ["mei"])
    assert theirs["edited_at"] is not None
    assert api(ann).get(address_of(note)).json()["state"] == "published"


@pytest.mark.parametrize("state", ["held", "removed"])
def test_an_edit_that_is_stopped_is_read_by_its_author_alone(
    api: Api, ann: User, mei: User, post_note: PostNote, state: str
) -> None:
    note = post_note(ann, "Old")
    api(ann).patch(address_of(note), {"title": "canary"})
    judge(state)
    mine = api(ann).get(address_of(note)).json()
    assert (mine["title"], mine["state"]) == ("canary", state)
    assert api(mei).get(address_of(note)).json()["title"] == "Old"
    assert "canary" not in str(api(mei).get(f"{address_of(note)}history/").json())
    assert api(ann).delete(f"{address_of(note)}edit/").status_code == 204
    assert api(ann).get(address_of(note)).json()["title"] == "Old"


def test_a_removed_edit_is_shown_when_a_person_frees_it(
    api: Api, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Old")
    api(ann).patch(address_of(note), {"title": "New"})
    judge("removed")
    decide_by_hand(Version.objects.latest("pk").case, bo, Outcome.PUBLISH)
    settle_edits()
    assert api(mei).get(address_of(note)).json()["title"] == "New"


def test_what_nobody_else_reads_is_replaced_at_once(
    api: Api, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Old", state="held")
    edited = api(ann).patch(address_of(note), {"title": "New"}).json()
    note.refresh_from_db()
    assert (edited["state"], note.title) == ("pending", "New")
    assert Case.objects.get(text__startswith="Old").closed_at is not None


@pytest.mark.parametrize("outcome", [Outcome.REMOVE, Outcome.LIMIT, Outcome.WARN])
def test_no_machine_frees_what_replaces_a_persons_decision(
    api: Api, ann: User, bo: User, post_note: PostNote, outcome: Outcome
) -> None:
    note = post_note(ann, "Old")
    decide_by_hand(note.case, bo, outcome, "harassment")
    for title in ("New", "Newer"):
        api(ann).patch(address_of(note), {"title": title})
        case = Version.objects.latest("pk").case
        bring_to(case, "judged")
        assert case.state == "pending"
        assert case in Case.objects.waiting_for_a_person()


def test_a_second_edit_overtakes_the_first(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Old", "Body")
    for title in ("First", "Second"):
        api(ann).patch(address_of(note), {"title": title})
    first, second = Version.objects.order_by("number")[1:]
    assert (first.dropped_at is None, second.dropped_at is None) == (False, True)
    bring_to(first.case, "published")
    bring_to(second.case, "published")
    settle_edits()
    shown = api(mei).get(address_of(note)).json()
    assert (shown["title"], shown["body"]) == ("Second", "Body")


def test_history_holds_every_wording_that_was_shown(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "One")
    history = f"{address_of(note)}history/"
    (only,) = api(mei).get(history).json()["results"]
    assert (only["number"], only["title"], only["current"]) == (1, "One", True)
    for title in ("Two", "Three"):
        api(ann).patch(address_of(note), {"title": title})
        judge("published")
    told = api(mei).get(history).json()["results"]
    assert [(v["number"], v["title"], v["current"]) for v in told] == [
        (3, "Three", True), (2, "Two", False), (1, "One", False),
    ]  # fmt: skip
    decide_by_hand(Version.objects.get(number=2).case, None, Outcome.REMOVE, "hate")
    assert [v["title"] for v in api(mei).get(history).json()["results"]] == ["Three", "One"]


def test_pictures_are_added_reordered_and_taken_away_with_the_words(
    api: Api, ann: User, mei: User, ready_image: Ready, post_note: PostNote
) -> None:
    note = post_note(ann, images=2)
    first, second = note.images.all()
    new = ready_image(ann)
    mine = api(ann).patch(address_of(note), {"images": [new.pk, second.pk]}).json()
    assert [image["id"] for image in mine["images"]] == [new.pk, second.pk]
    theirs = api(mei).get(address_of(note)).json()
    assert [image["id"] for image in theirs["images"]] == [first.pk, second.pk]
    assert api(mei).get(new.urls["360"]).status_code == 404
    judge("published")
    theirs = api(mei).get(address_of(note)).json()
    assert [image["id"] for image in theirs["images"]] == [new.pk, second.pk]
    assert not Image.objects.filter(pk=first.pk).exists()
    assert b"".join(api(mei).get(new.urls["360"]))[:4] == b"RIFF"


def test_a_picture_of_an_edit_that_was_taken_back_is_gone(
    api: Api, ann: User, ready_image: Ready, post_note: PostNote
) -> None:
    note, new = post_note(ann), ready_image(ann)
    kept = note.images.get()
    api(ann).patch(address_of(note), {"images": [kept.pk, new.pk]})
    api(ann).delete(f"{address_of(note)}edit/")
    assert [image.pk for image in Image.objects.all()] == [kept.pk]
    assert default_storage.exists(kept.file_name(360))


def test_an_edit_waits_for_its_pictures(
    api: Api, ann: User, ready_image: Ready, post_note: PostNote
) -> None:
    note, new = post_note(ann), ready_image(ann)
    Image.objects.filter(pk=new.pk).update(status=Image.Status.PROCESSING)
    api(ann).patch(address_of(note), {"images": [new.pk]})
    assert Version.objects.latest("pk").case.ready_at is None


def test_settings_change_at_once_and_are_no_edit(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    change = {"language": "zh", "commenters": "nobody", "audience": "followers"}
    changed = api(ann).patch(address_of(note), change).json()
    assert {name: changed[name] for name in change} == change
    assert (changed["state"], changed["edited_at"]) == ("published", None)
    assert Version.objects.count() == 0
    assert api(mei).get(address_of(note)).status_code == 404
    assert Case.objects.get().readers == "some"


def test_a_note_for_more_readers_is_delivered_to_them(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann, audience="private")
    api(ann).patch(address_of(note), {"audience": "public"})
    deliver_published()
    feed = api(mei).get("/api/v1/feeds/following/").json()["results"]
    assert [shown["id"] for shown in feed] == [note.pk]


def test_the_language_that_the_author_chose_stays(api: Api, ann: User, post_note: PostNote) -> None:
    chosen, found = post_note(ann, "Autumn walk", language="zh"), post_note(ann, "Autumn walk")
    for note in (chosen, found):
        api(ann).patch(address_of(note), {"title": "在湖边散步，天气真好"})
        judge("published")
        note.refresh_from_db()
    assert (chosen.language, found.language) == ("zh", "zh")
    api(ann).patch(address_of(found), {"title": "A quiet walk by the lake"})
    judge("published")
    found.refresh_from_db()
    assert found.language == "en"


def test_the_author_tells_it_again_in_another_language(
    api: Api, ann: User, mei: User, ready_image: Ready, post_note: PostNote
) -> None:
    second = {"title": "湖边", "body": "秋天的颜色"}
    sent = {"title": "By the lake", "images": [ready_image(ann).pk], "second": second}
    posted = api(ann).post("/api/v1/notes/", sent).json()
    assert posted["second"] == {"language": "zh"} | second
    assert "秋天的颜色" in Case.objects.get().text
    bring_to(Case.objects.get(), "published")
    note = Note.objects.get()
    api(ann).patch(address_of(note), {"second": None})
    judge("published")
    assert api(mei).get(address_of(note)).json()["second"] is None


def test_an_edit_that_says_nothing_new_changes_nothing(
    api: Api, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Same", "Words")
    same = {"title": "Same", "body": " Words ", "images": [note.images.get().pk]}
    assert api(ann).patch(address_of(note), same).json()["state"] == "published"
    assert Version.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "", "body": ""}, "title"),
        ({"images": []}, "images"),
        ({"title": "x" * 101}, "title"),
        ({"images": [10**15]}, "images"),
        ({"place": "a\x00"}, "place"),
    ],
)
def test_a_bad_edit_is_named_and_nothing_changes(
    api: Api, ann: User, post_note: PostNote, change: dict[str, Any], field: str
) -> None:
    note = post_note(ann, "Old")
    refused = api(ann).patch(address_of(note), {"audience": "private"} | change)
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    note.refresh_from_db()
    assert (note.title, note.audience, Version.objects.count()) == ("Old", "public", 0)


def test_only_the_author_edits(api: Api, ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(ann)
    for client, code in ((api(), 401), (api(mei), 403)):
        assert client.patch(address_of(note), {"title": "x"}).status_code == code
        assert client.delete(f"{address_of(note)}edit/").status_code == code
    assert Version.objects.count() == 0


def test_the_other_properties_of_a_note_cannot_be_set(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    forbidden = {"id": 1, "author": "mei", "state": "published", "like_count": 9, "version": 9,
                 "published_at": "2020-01-01T00:00:00Z", "pinned": 1, "case": 1}  # fmt: skip
    before = api(mei).get(address_of(note)).json()
    assert api(ann).patch(address_of(note), forbidden).status_code == 200
    assert api(mei).get(address_of(note)).json() == before


def test_a_conditional_edit_needs_the_last_revision(
    api: Api, ann: User, post_note: PostNote
) -> None:
    note, client = post_note(ann), api(ann)
    etag = client.get(address_of(note))["ETag"]
    first = client.patch(address_of(note), {"title": "One"}, HTTP_IF_MATCH=etag)
    assert (first.status_code, first["ETag"] == etag) == (200, False)
    late = client.patch(address_of(note), {"title": "Two"}, HTTP_IF_MATCH=etag)
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    judge("published")
    again = client.patch(address_of(note), {"title": "Two"}, HTTP_IF_MATCH=first["ETag"])
    assert again.status_code == 200


@pytest.mark.parametrize("tag", ["x", '"x"', '"' + "9" * 40 + '"'])
def test_a_made_up_etag_is_a_412(api: Api, ann: User, post_note: PostNote, tag: str) -> None:
    refused = api(ann).patch(address_of(post_note(ann)), {"title": "x"}, HTTP_IF_MATCH=tag)
    assert refused.status_code == 412
