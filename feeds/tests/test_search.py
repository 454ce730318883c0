"""Searching notes over the API: what is found, by whom, and whatever is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, mute
from accounts.models import User
from conftest import PostNote, bring_to
from feeds.search.actions import remember_search
from feeds.search.finding import FINDERS, Question
from feeds.search.indexing import tick
from feeds.search.models import NoteEntry
from feeds.search.suggesting import suggestions
from moderation.actions import open_case
from moderation.models import Case
from notes.actions import accept_wording, change_note, delete_note, offer_wording
from notes.editing import settle_edits
from notes.models import Note, Translation
from notes.translation.texts import text_of

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


def found(client: APIClient, q: str, **filters: str) -> list[str]:
    """The titles of the notes found."""
    answer = client.get("/api/v1/search/", {"q": q, **filters})
    assert answer.status_code == 200, answer.content
    return [note["title"] for note in answer.json()["results"]]


def test_a_note_is_found_by_all_that_it_says(api: Api, ann: User, post_note: PostNote) -> None:
    post_note(ann, "Autumn walks", "Leaves on the #WestLake 🍁", place="Hangzhou, Café 1")
    Note.objects.get().images.update(alt="A heron")
    tick()
    for q in ("autumn", "WALKING leaf", "westlake", "hangzhou", "cafe", "ｃａｆé", "herons", "🍁"):
        assert found(api(), q) == ["Autumn walks"], q
    for q in ("lake", "winter", "the", "a", "autumn in Rome and Milan and Turin"):
        assert found(api(), q) == [], q


def test_every_part_of_two_characters_or_more_finds_the_note(
    api: Api, mei: User, post_note: PostNote
) -> None:
    text = "今天去了一家很好的咖啡館，拿铁不错"
    post_note(mei, "周末", text)
    tick()
    parts = {text[i:j] for i in range(len(text)) for j in range(i + 2, len(text) + 1)}
    asked = sorted(parts - {"馆，", "館，", "，拿"})[::4]
    assert len(asked) > 20
    assert [part for part in asked if found(api(), part) != ["周末"]] == []
    for q in ("咖啡馆", "咖啡館", "好咖啡馆", "啡馆", "家", "拿铁", "哪里有好的咖啡馆"):
        assert found(api(), q) == ["周末"], q
    assert found(api(), "咖啡豆店") == []


def test_a_question_in_one_language_finds_the_note_of_the_other(
    api: Api, mei: User, ann: User, post_note: PostNote
) -> None:
    post_note(mei, "西湖的早晨", "雾还没散", second_title="Morning on West Lake", language="zh")
    post_note(ann, "West Lake by boat", "Rowing", language="en")
    tick()
    results = api().get("/api/v1/search/?q=west lake").json()["results"]
    told = {note["title"]: note["matched_in_translation"] for note in results}
    assert told == {"West Lake by boat": False, "西湖的早晨": True}
    assert found(api(), "西湖") == ["西湖的早晨"]
    assert found(api(), "west lake", language="en") == ["West Lake by boat"]


def test_the_title_and_the_new_and_the_liked_come_first(
    api: Api, ann: User, post_note: PostNote
) -> None:
    for title, body in (("Plain", "tea"), ("Liked", "tea"), ("Old", "tea"), ("Tea", "")):
        post_note(ann, title, body)
    tick()
    Note.objects.filter(title="Liked").update(like_count=200)
    Note.objects.filter(title="Old").update(published_at=timezone.now() - timedelta(days=300))
    assert found(api(), "tea") == ["Tea", "Liked", "Plain", "Old"]


def test_filters_narrow_what_is_found(api: Api, ann: User, mei: User, post_note: PostNote) -> None:
    post_note(ann, "Tea one", "#green", language="en")
    post_note(mei, "Tea two", "#black", language="zh")
    tick()
    last_year = timezone.now() - timedelta(days=200)
    NoteEntry.objects.filter(language="en").update(published_at=last_year)
    assert set(found(api(), "tea")) == {"Tea one", "Tea two"}
    assert found(api(), "tea", language="zh") == ["Tea two"]
    assert found(api(), "tea", topic="Green") == ["Tea one"]
    assert found(api(), "tea", period="month") == ["Tea two"]
    assert set(found(api(), "tea", period="year")) == {"Tea one", "Tea two"}
    for wrong in ("language=fr", "period=age", "type=cats", "cursor=x", "limit=0"):
        assert api().get(f"/api/v1/search/?q=tea&{wrong}").status_code == 400, wrong


def test_pages_follow_each_other_without_a_gap(api: Api, ann: User, post_note: PostNote) -> None:
    for n in range(5):
        post_note(ann, f"Tea {n}")
    tick()
    url, seen = "/api/v1/search/?q=tea&limit=2", []
    while url:
        answer = api().get(url).json()
        seen += [note["title"] for note in answer["results"]]
        url = answer["next"]
    assert sorted(seen) == [f"Tea {n}" for n in range(5)]
    second = api().get("/api/v1/search/?q=tea&limit=2").json()["next"]
    assert api().get(second.replace("q=tea", "q=coffee")).status_code == 400


def test_what_is_limited_removed_or_blocked_is_not_found(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    for title, fields in (
        ("Tea open", {}),
        ("Tea limited", {"state": "limited"}),
        ("Tea for followers", {"audience": "followers"}),
        ("Tea of mine", {"audience": "private"}),
    ):
        post_note(ann, title, **fields)
    tick()
    assert found(api(mei), "tea") == found(api(ann), "tea") == found(api(), "tea") == ["Tea open"]
    mute(mei, ann)
    assert found(api(mei), "tea") == ["Tea open"]
    block(tang, ann)
    assert found(api(tang), "tea") == []
    bring_to(Note.objects.get(title="Tea open").case, "removed")
    assert found(api(mei), "tea") == []


def test_an_edit_is_found_by_its_new_words_and_a_deletion_by_none(
    api: Api, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Tea")
    tick()
    changed = change_note(note, ann, title="Coffee", revision=note.revision)
    bring_to(changed.versions.get(shown_at=None).case, "published")
    settle_edits()
    tick()
    assert (found(api(), "tea"), found(api(), "coffee")) == ([], ["Coffee"])
    delete_note(Note.objects.get(), ann)
    tick()
    assert found(api(), "coffee") == []


ODD = [
    "", " ", "茶", "a", "?!…—", "' OR 1=1 --", "a & b | !c <-> (d", "tea:*ABC", "\\", "''", "🙂",
    "\0tea\0", "\ud800", "茶" * 5_000, "tea " * 1_250, "x" * 5_000, "茶tea🍵ｔea\u200b茶", "%_%",
    "۞ ﷺ ﷽", "ünïcödé ǅ ß ﬁ", "-1 1e9 0x0", "\u202eback", "e\u0301" * 50,
]  # fmt: skip


def test_whatever_is_typed_is_answered(api: Api, ann: User, post_note: PostNote) -> None:
    post_note(ann, "Tea 茶", "#tea")
    tick()
    for q in ODD:
        for finder in FINDERS.values():
            finder(Question.of(q, topic=q), ann)
        suggestions(q, ann)
        remember_search(ann, q)
    client = api(ann)
    client.force_login(ann)
    for q in ODD[::3]:
        typed = quote(q.encode("utf-8", "surrogatepass"))
        for path in ("/api/v1/search/?q=", "/search/?q=", "/search/suggest/?q="):
            assert client.get(path + typed).status_code == 200, q
    assert found(client, "\0tea\0") == ["Tea 茶"]


def translate(note: Note, title: str, body: str) -> Case:
    """What a machine says of a note in English, not judged yet; return the case that judges it."""
    case = open_case("translation", note.author, body, "en")
    Translation.objects.create(
        note=note,
        digest=text_of(note).digest,
        language="en",
        title=title,
        body=body,
        provider="machine",
        case=case,
    )
    return case


def test_a_translation_lets_a_note_be_found_once_it_may_be_read(
    api: Api, mei: User, post_note: PostNote
) -> None:
    note = post_note(mei, "西湖的早晨", "雾还没散")
    tick()
    case = translate(note, "West Lake in the morning", "The fog is still there")
    tick()
    assert found(api(), "foggy lake") == []
    bring_to(case, "published")
    tick()
    assert found(api(), "fog lake") == ["西湖的早晨"]
    bring_to(case, "removed")
    tick()
    assert found(api(), "fog lake") == []


def test_words_of_somebody_blocked_let_nothing_be_found(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    wording = offer_wording(ann, post_note(mei, "秋天的湖", language="zh"), "en", "Teahouse", "")
    bring_to(wording.case, "published")
    accept_wording(wording, mei)
    tick()
    assert [found(api(who), "teahouse") for who in (None, tang)] == [["秋天的湖"]] * 2
    block(ann, tang)
    told = [found(api(who), "teahouse") for who in (None, tang, mei)]
    assert told == [["秋天的湖"], [], ["秋天的湖"]]
    assert found(api(tang), "秋天") == ["秋天的湖"]
