"""Topics that readers follow or mute, the chooser of the first visit, settings of a home."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote
from feeds.interests import choices, trending
from feeds.models import Less, Taste
from notes.models import Topic, TopicFollow, TopicMute

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]


@pytest.fixture
def tea(mei: User, tang: User, post_note: PostNote) -> Topic:
    post_note(mei, body="#tea")
    post_note(tang, body="#tea")
    return Topic.objects.get(name="tea")


def test_following_and_muting_exclude_each_other(ann: User, tea: Topic, api: Api) -> None:
    client = api(ann)
    assert [client.put("/api/v1/topics/tea/follow/").status_code for _ in range(2)] == [204, 204]
    assert client.get("/api/v1/topics/tea/").json()["viewer"] == {
        "following": True, "muted": False
    }  # fmt: skip
    assert client.put("/api/v1/topics/tea/mute/").status_code == 204
    assert client.get("/api/v1/topics/tea/").json()["viewer"] == {
        "following": False, "muted": True
    }  # fmt: skip
    assert [client.delete("/api/v1/topics/tea/mute/").status_code for _ in range(2)] == [204, 204]
    assert not TopicFollow.objects.exists()
    assert not TopicMute.objects.exists()


def test_strangers_and_unknown_topics(ann: User, tea: Topic, api: Api) -> None:
    assert api().put("/api/v1/topics/tea/follow/").status_code == 401
    assert api(ann).put("/api/v1/topics/coffee/follow/").status_code == 404
    assert api(ann, ["read"]).put("/api/v1/topics/tea/follow/").status_code == 403


def test_the_page_of_a_topic_follows_and_mutes(
    ann: User, tea: Topic, browser_of: BrowserOf
) -> None:
    browser = browser_of(ann)
    browser.post("/topics/tea/mark/", {"do": "follow"})
    assert TopicFollow.objects.filter(user=ann, topic=tea).exists()
    assert 'value="unfollow"' in browser.get("/topics/tea/").content.decode()
    response = browser.post("/topics/tea/mark/", {"do": "mute", "settings": ""})
    assert response["Location"] == "/settings/feed/"
    assert "#tea" in browser.get("/settings/feed/").content.decode()
    assert browser.post("/topics/tea/mark/", {"do": "eat"}).status_code == 404


def test_a_newcomer_is_asked_once(ann: User, tea: Topic, browser_of: BrowserOf) -> None:
    browser = browser_of(ann)
    first = browser.get("/").content.decode()
    assert 'name="topic" value="tea"' in first
    assert "/media/images/" in first
    browser.post("/interests/", {"topic": ["tea", "no such topic"]})
    assert list(TopicFollow.objects.values_list("user", "topic")) == [(ann.pk, tea.pk)]
    assert 'name="topic"' not in browser.get("/").content.decode()


def test_who_chooses_nothing_is_not_asked_again(
    ann: User, tea: Topic, browser_of: BrowserOf
) -> None:
    browser_of(ann).post("/interests/")
    assert 'name="topic"' not in browser_of(ann).get("/").content.decode()


def test_topics_of_one_author_alone_are_no_trend(
    ann: User, mei: User, tea: Topic, post_note: PostNote
) -> None:
    post_note(mei, body="#mine")
    assert [topic.name for topic in trending()] == ["tea"]
    assert [choice.topic.name for choice in choices(ann)] == ["tea"]


def test_settings_are_kept_and_wrong_ones_refused(
    ann: User, browser_of: BrowserOf, api: Api
) -> None:
    browser_of(ann).post("/settings/feed/", {"other_language": "none"})
    taste = Taste.of(ann)
    assert (taste.personal, taste.other_language) == (False, "none")
    answer = api(ann).patch("/api/v1/me/feed/", {"other_language": "both", "personal": True})
    assert answer.json()["other_language"] == "both"
    assert api(ann).patch("/api/v1/me/feed/", {"other_language": "all"}).status_code == 400
    assert api(ann).get("/api/v1/me/feed/").json()["personal"] is True


def test_the_profile_can_be_taken_away_and_forgotten(
    ann: User, tea: Topic, browser_of: BrowserOf, api: Api
) -> None:
    api(ann).put("/api/v1/topics/tea/follow/")
    response = browser_of(ann).get("/settings/feed/profile/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response.json()["followed_topics"] == ["tea"]
    assert api(ann).delete("/api/v1/me/feed/profile/").status_code == 204
    assert api(ann).get("/api/v1/me/feed/profile/").json()["forgotten_at"]
    browser_of(ann).post("/settings/feed/reset/")
    assert Taste.of(ann).forgotten_at


def test_the_card_leads_to_why_and_less(
    ann: User, mei: User, tea: Topic, browser_of: BrowserOf
) -> None:
    note = mei.notes.get()
    browser = browser_of(ann)
    assert f'href="/notes/{note.pk}/why/"' in browser.get("/explore/").content.decode()
    page = browser.get(f"/notes/{note.pk}/why/").content.decode()
    assert "Why this note?" in page
    assert "<tfoot>" in page
    browser.post(f"/notes/{note.pk}/less/")
    assert Less.objects.filter(reader=ann, note=note).exists()
    assert "Show such notes again" in browser.get(f"/notes/{note.pk}/why/").content.decode()
    browser.post(f"/notes/{note.pk}/less/", {"undo": "1"})
    assert not Less.objects.exists()
