"""A newcomer's first note finds a kind word from the other side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block, mute
from accounts.models import User
from conftest import PostNote, bring_to, make_person
from notes.actions import submit_comment
from notes.models import Comment, Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]


@pytest.fixture
def volunteer(mei: User) -> User:
    """Mei, who likes to greet."""
    mei.greets_newcomers = True
    mei.save()
    return mei


def suggested(api: Api, person: User) -> list[str]:
    answer = api(person).get("/api/v1/exchange/greetings/").json()
    return [note["title"] for note in answer["results"]]


def says(person: User, note: Note, state: str = "published") -> Comment:
    comment = submit_comment(person, note, "Welcome, how lovely!")
    bring_to(comment.case, state)
    return comment


def test_a_volunteer_meets_the_first_note_of_somebody_new_across(
    api: Api, browser_of: BrowserOf, ann: User, tang: User, volunteer: User, post_note: PostNote
) -> None:
    post_note(ann, "Hello from Ohio", language="en")
    post_note(ann, "My second note", language="en")
    post_note(tang, "我的第一篇", language="zh")
    assert suggested(api, volunteer) == ["Hello from Ohio"]
    page = browser_of(volunteer).get("/exchange/").content.decode()
    assert ("打个招呼" in page, "Hello from Ohio" in page) == (True, True)
    assert suggested(api, ann) == []
    page = browser_of(ann).get("/exchange/").content.decode()
    assert ("我的第一篇" in page, 'href="/settings/reading/"' in page) == (False, True)


def test_nobody_is_asked_to_greet_what_is_not_for_strangers(
    api: Api, volunteer: User, post_note: PostNote
) -> None:
    new = {name: make_person(name, languages=["en"]) for name in ("one", "two", "six", "ten")}
    post_note(new["one"], "For followers", language="en", audience="followers")
    post_note(new["two"], "Limited", language="en", state="limited")
    post_note(new["six"], "Held", language="en", state="held")
    post_note(new["ten"], "No comments please", language="en", commenters="nobody")
    hidden = [make_person(name, languages=["en"]) for name in ("lock", "wall", "hush", "past")]
    for person in hidden:
        post_note(person, f"By {person.username}", language="en")
    assert suggested(api, volunteer) == ["By past", "By hush", "By wall"]
    User.objects.filter(username="lock").update(is_private=True)
    User.objects.filter(username="past").update(date_joined=timezone.now() - timedelta(days=15))
    block(hidden[1], volunteer)
    mute(volunteer, hidden[2])
    assert suggested(api, volunteer) == []


def test_three_greetings_are_enough_and_ungreeted_notes_come_first(
    api: Api, ann: User, tang: User, volunteer: User, post_note: PostNote
) -> None:
    post_note(tang, "Not yet greeted", language="en")
    greeted = post_note(ann, "Greeted", language="en")
    sides = {"hua": "zh-hans", "wei": "zh-hant", "lin": "zh-hans", "joe": "en", "rude": "zh-hans"}
    people = {n: make_person(n, ui_language=code) for n, code in sides.items()}
    says(people["joe"], greeted)
    assert suggested(api, volunteer) == ["Greeted", "Not yet greeted"]
    says(people["hua"], greeted)
    says(people["rude"], greeted, state="removed")
    says(people["wei"], greeted, state="pending")
    assert suggested(api, volunteer) == ["Not yet greeted", "Greeted"]
    says(people["lin"], greeted)
    assert suggested(api, volunteer) == ["Not yet greeted"]


def test_whoever_said_hello_is_not_asked_again_and_may_stop(
    api: Api, browser_of: BrowserOf, ann: User, volunteer: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Hello from Ohio", language="en")
    says(volunteer, note)
    assert suggested(api, volunteer) == []
    Comment.objects.all().delete()
    assert suggested(api, volunteer) == ["Hello from Ohio"]
    browser_of(volunteer).post("/settings/reading/", {"ui_language": "zh-hans", "languages": "zh"})
    volunteer.refresh_from_db()
    assert (volunteer.greets_newcomers, suggested(api, volunteer)) == (False, [])
    api(volunteer).patch("/api/v1/me/", {"greets_newcomers": True})
    assert suggested(api, volunteer) == ["Hello from Ohio"]


def test_greetings_need_somebody_who_greets(api: Api) -> None:
    assert api().get("/api/v1/exchange/greetings/").status_code == 401
