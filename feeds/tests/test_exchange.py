"""A question a week, answered side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import block
from accounts.models import User
from conftest import PostNote
from feeds.models import Prompt
from notes.actions import like

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]


def ask(weeks: int, question: str = "What is for breakfast?") -> Prompt:
    """A question that is asked from so many weeks on."""
    return Prompt.objects.create(
        starts_on=timezone.localdate() + timedelta(weeks=weeks),
        question_en=question,
        question_zh="早餐吃什么？",
        topic_en="Breakfast",
        topic_zh="早餐",
    )


def pairs_of(client: APIClient, prompt: Prompt) -> tuple[list[list[str]], list[str]]:
    told = client.get(f"/api/v1/exchange/{prompt.pk}/").json()
    pairs = [[note["title"] for note in pair] for pair in told["pairs"]]
    return pairs, [note["title"] for note in told["alone"]]


def test_a_chinese_note_stands_beside_an_english_one_the_most_liked_first(
    api: Api, client: Client, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    prompt = ask(0)
    post_note(ann, "Toast", "Just toast. #breakfast")
    eggs = post_note(ann, "Eggs and ham", "Every day. #breakfast")
    post_note(mei, "豆浆油条", "每天都吃。#早餐")
    post_note(mei, "午饭", "面条。#午餐")
    like(tang, eggs)
    assert pairs_of(api(), prompt) == ([["豆浆油条", "Eggs and ham"]], ["Toast"])
    block(mei, tang)
    assert pairs_of(api(tang), prompt) == ([], ["Eggs and ham", "Toast"])
    page = client.get("/exchange/").content.decode()
    assert '<h1>What is for breakfast?</h1><p class="quiet" lang="zh">早餐吃什么？</p>' in page
    assert page.index("豆浆油条") < page.index("Eggs and ham") < page.index("Toast")
    assert 'href="/publish/?text=%23Breakfast"' in page
    assert "午饭" not in page


def test_a_question_waits_for_its_week_and_older_ones_stay(
    api: Api, client: Client, db: None
) -> None:
    assert "No question yet" in client.get("/exchange/").content.decode()
    later, present, earlier = ask(1, "Later?"), ask(0, "Now?"), ask(-1, "Before?")
    listed = api().get("/api/v1/exchange/").json()["results"]
    assert sorted(row["question_en"] for row in listed) == ["Before?", "Now?"]
    assert client.get(f"/exchange/{later.pk}/").status_code == 404
    assert api().get(f"/api/v1/exchange/{later.pk}/").status_code == 404
    page = client.get("/exchange/").content.decode()
    assert f'href="/exchange/{earlier.pk}/">Before?' in page
    assert "No answers yet" in page
    assert "<h1>Before?</h1>" in client.get(f"/exchange/{earlier.pk}/").content.decode()
    assert present.question("zh") == "早餐吃什么？"


def test_explore_and_home_ask_it_in_the_readers_language(
    client: Client, browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    post_note(ann)
    assert 'class="prompt"' not in client.get("/").content.decode()
    ask(0)
    caches["drawn"].clear()
    assert "What is for breakfast?" in client.get("/").content.decode()
    assert "What is for breakfast?" in browser_of(ann).get("/explore/").content.decode()
    client.cookies["language"] = "zh-hans"
    page = client.get("/").content.decode()
    assert ("早餐吃什么？" in page, "What is for breakfast?" in page) == (True, False)
    cards = client.get("/", headers={"HX-Request": "true"}).content.decode()
    assert 'class="prompt"' not in cards


def test_moderators_write_questions_in_admin(browser_of: BrowserOf, ann: User, bo: User) -> None:
    words = {
        "question_en": "Tea or coffee?", "question_zh": "茶还是咖啡？", "starts_on": "2026-12-07",
        "topic_en": "two words", "topic_zh": "茶",
    }  # fmt: skip
    desk = browser_of(bo)
    assert "A topic is a word" in desk.post("/admin/feeds/prompt/add/", words).content.decode()
    words["topic_en"] = "tea"
    assert browser_of(ann).post("/admin/feeds/prompt/add/", words).status_code == 302
    assert not Prompt.objects.exists()
    assert desk.post("/admin/feeds/prompt/add/", words).status_code == 302
    assert Prompt.objects.get().question_zh == "茶还是咖啡？"
