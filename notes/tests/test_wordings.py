"""Readers word translations better; authors and moderators take their words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, leave
from accounts.models import Notification, User
from conftest import PostNote, bring_to, make_person
from feeds.erasure import erase
from moderation.models import Case
from notes.actions import accept_wording, delete_note, offer_wording, refuse_wording
from notes.models import Note, Wording
from notes.tests.engine import Service
from notes.tests.test_translation import work
from notes.translation.shown import shown_of_notes, shown_translation

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]


@pytest.fixture
def lake(mei: User, post_note: PostNote) -> Note:
    return post_note(mei, "秋天的湖", "今天很开心。")


def offered(by: User, note: Note, title: str = "A lake", body: str = "So happy.") -> Wording:
    wording = offer_wording(by, note, "en", title, body)
    bring_to(wording.case, "published")
    return Wording.objects.select_related("case", "translation", "by").get(pk=wording.pk)


def words(note: Note) -> tuple[str, str, str] | None:
    shown = shown_translation(note, "en")
    return (
        (shown.title, shown.provider, shown.credit.username if shown.credit else "")
        if (shown)
        else None
    )


def test_a_readers_words_take_the_machines_place_once_the_author_takes_them(
    api: Api, ann: User, lake: Note, engine: Service
) -> None:
    api().get(f"/api/v1/notes/{lake.pk}/translation/?to=en")
    work()
    made = api(ann).post(
        f"/api/v1/notes/{lake.pk}/wordings/",
        {"language": "en", "title": "The autumn lake", "body": "What joy."},
    )
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    work()
    assert words(lake) == ("The lake in autumn", "LibreTranslate", "")
    accept = f"/api/v1/wordings/{made.json()['id']}/acceptance/"
    assert api(ann).put(accept).status_code == 403
    assert api(make_person("passer_by")).put(accept).status_code == 404
    assert api(lake.author).put(accept).status_code == 204
    assert words(lake) == ("The autumn lake", "reader", "ann")
    told = api().get(f"/api/v1/notes/{lake.pk}/translation/?to=en").json()
    assert (told["body"], told["credit"]["username"]) == ("What joy.", "ann")
    history = api().get(f"/api/v1/notes/{lake.pk}/wordings/?to=en").json()["results"]
    assert [(row["title"], row["is_accepted"]) for row in history] == [("The autumn lake", True)]
    assert api(lake.author).delete(accept).status_code == 204
    assert words(lake) == ("The lake in autumn", "LibreTranslate", "")
    told_kinds = Notification.objects.filter(kind="wording").order_by("pk")
    assert [(n.recipient.username, n.data["accepted"]) for n in told_kinds] == [
        ("mei", False), ("ann", True),
    ]  # fmt: skip


def test_without_a_machine_readers_translate(lake: Note, ann: User, bo: User) -> None:
    wording = offered(ann, lake)
    assert words(lake) is None
    accept_wording(wording, bo)
    assert words(lake) == ("A lake", "reader", "ann")
    assert [s.title for s in shown_of_notes([lake])[lake.pk]] == ["A lake"]


def test_words_that_moderation_removes_are_shown_no_more(lake: Note, ann: User, mei: User) -> None:
    wording = offered(ann, lake)
    accept_wording(wording, mei)
    bring_to(wording.case, "removed")
    assert words(lake) is None


def test_an_author_words_it_without_asking_anybody(lake: Note, mei: User) -> None:
    wording = offer_wording(mei, lake, "en", "My lake", "Joy.")
    assert words(lake) is None
    bring_to(wording.case, "published")
    assert words(lake) == ("My lake", "reader", "mei")


def test_a_second_offer_replaces_the_first_and_a_reader_takes_theirs_back(
    lake: Note, ann: User, tang: User
) -> None:
    first, second = offered(ann, lake), offered(ann, lake, "Another lake")
    assert list(Wording.objects.open()) == [second]
    assert Case.objects.get(pk=first.case_id).closed_at is not None
    with pytest.raises(PermissionDenied):
        refuse_wording(second, tang)
    refuse_wording(second, ann)
    assert not Wording.objects.open().exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "", "body": "x"}, "title"),
        ({"title": "x", "body": " "}, "body"),
        ({"title": "x" * 301, "body": "x"}, "title"),
        ({"title": "x", "body": "x" * 10_001}, "body"),
        ({"title": "x", "body": "a\x00"}, "body"),
        ({"title": "x", "body": "x", "language": "fr"}, "language"),
        ({"title": "秋天的湖", "body": "今天很开心。", "language": "zh"}, "language"),
    ],
)
def test_words_that_are_no_offer(
    api: Api, ann: User, lake: Note, said: dict[str, str], field: str
) -> None:
    refused = api(ann).post(f"/api/v1/notes/{lake.pk}/wordings/", {"language": "en"} | said)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)
    assert not Wording.objects.exists()


def test_whoever_may_not_see_the_text_sees_no_words_of_it(
    api: Api, lake: Note, ann: User, mei: User, tang: User
) -> None:
    wording = offered(ann, lake)
    block(mei, tang)
    assert api(tang).get(f"/api/v1/notes/{lake.pk}/wordings/").status_code == 404
    assert api(tang).delete(f"/api/v1/wordings/{wording.pk}/acceptance/").status_code == 404
    assert api().get(f"/api/v1/notes/{lake.pk}/wordings/?to=en").json()["results"] == []


def test_the_page_offers_and_the_author_takes(
    browser_of: BrowserOf, lake: Note, ann: User, mei: User
) -> None:
    address = f"/translation/note/{lake.pk}/wording/?to=en"
    browser_of(ann).post(address, {"title": "A lake", "body": "So happy."})
    wording = Wording.objects.get()
    bring_to(wording.case, "published")
    author = browser_of(mei)
    assert "A lake" in author.get(address).content.decode()
    answer = author.post(f"/wordings/{wording.pk}/acceptance/")
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = browser_of(ann).get(f"/translation/note/{lake.pk}/").content.decode()
    assert "Translated by Ann" in page
    assert "took your words" in browser_of(ann).get("/notifications/").content.decode()


def test_what_is_deleted_or_erased_leaves_no_words_of_translations(
    lake: Note, ann: User, mei: User, post_note: PostNote, engine: Service, api: Api
) -> None:
    other = post_note(mei, "雨")
    for note in (lake, other):
        api().get(f"/api/v1/notes/{note.pk}/translation/?to=en")
    work()
    wording = offered(ann, other, "Rain", "")
    delete_note(lake, mei)
    translations = Case.objects.filter(kind="translation").order_by("pk")
    assert [case.closed_at is None for case in translations] == [False, True]
    leave(mei)
    assert erase(mei.pk)
    assert [c.text for c in Case.objects.filter(kind="translation").order_by("pk")][1] == ""
    assert Case.objects.get(pk=wording.case_id).text == ""
    assert not Wording.objects.exists()


def test_who_blocks_a_reader_gets_the_machines_words(
    api: Api, browser_of: BrowserOf, lake: Note, ann: User, mei: User, tang: User, engine: Service
) -> None:
    api().get(f"/api/v1/notes/{lake.pk}/translation/?to=en")
    work()
    accept_wording(offered(ann, lake), mei)
    block(tang, ann)
    address = f"/api/v1/notes/{lake.pk}/translation/?to=en"
    told = [api(reader).get(address).json() for reader in (None, ann, mei, tang)]
    assert [said["title"] for said in told] == ["A lake"] * 3 + ["The lake in autumn"]
    assert told[3]["credit"] is None
    page = browser_of(tang).get(f"/translation/note/{lake.pk}/?to=en").content.decode()
    assert ("Translated by LibreTranslate" in page, "A lake" in page) == (True, False)


def test_an_author_hears_of_somebodys_offers_once_until_they_read_it(
    lake: Note, ann: User, mei: User, tang: User
) -> None:
    for n in range(3):
        offered(ann, lake, f"Lake {n}")
    offered(tang, lake)
    told = mei.notifications.filter(kind="wording")
    assert [row.actor for row in told.order_by("pk")] == [ann, tang]
    told.update(read_at=timezone.now())
    offered(ann, lake, "The lake")
    assert told.count() == 3


def test_an_offer_that_is_gone_cannot_be_taken(
    api: Api, browser_of: BrowserOf, lake: Note, ann: User, mei: User
) -> None:
    wording = offered(ann, lake)
    accept_wording(wording, mei)
    accept_wording(wording, mei)
    refuse_wording(wording, mei)
    told = api(mei).put(f"/api/v1/wordings/{wording.pk}/acceptance/")
    assert (told.status_code, told.json()["errors"][0]["code"]) == (400, "closed")
    page = browser_of(mei).post(f"/wordings/{wording.pk}/acceptance/", follow=True)
    assert "这段译文已撤回，或未被采用。" in page.content.decode()
    assert words(lake) is None


@pytest.mark.django_db(transaction=True)
def test_an_offer_that_is_sent_twice_at_once_is_one_offer(lake: Note, ann: User) -> None:
    def offer(n: int) -> None:
        try:
            offer_wording(ann, lake, "en", f"Lake {n}", "So happy.")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(offer, range(4)))
    assert (Wording.objects.count(), Wording.objects.open().count()) == (4, 1)
