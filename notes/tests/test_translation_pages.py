"""The button under what is written in another language, and what it opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from conftest import PostNote, bring_to
from notes.actions import submit_comment
from notes.models import Note
from notes.tests.engine import Service
from notes.tests.test_translation import work

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lake(mei: User, post_note: PostNote) -> Note:
    return post_note(mei, "秋天的湖", "今天很开心。")


def asks(page: str, kind: str, name: object) -> bool:
    """Whether the page offers a translation of something."""
    return f'href="/translation/{kind}/{name}/" hx-get' in page


def test_the_button_stands_under_what_the_reader_may_not_read(
    client: Client, ann: User, mei: User, lake: Note
) -> None:
    walk = submit_comment(ann, lake, "What a lovely day this must have been")
    nice = submit_comment(mei, lake, "谢谢大家")
    for said in (walk, nice):
        bring_to(said.case, "published")
    offered = {}
    for language in ("en", "zh-hans"):
        client.cookies["language"] = language
        page = client.get(f"/notes/{lake.pk}/").content.decode()
        texts = [("note", lake.pk), ("comment", walk.pk), ("comment", nice.pk)]
        offered[language] = [asks(page, *text) for text in texts]
    assert offered == {"en": [True, False, True], "zh-hans": [False, True, False]}


def test_nothing_is_offered_where_the_author_wrote_it_twice(
    client: Client, mei: User, post_note: PostNote
) -> None:
    note = post_note(mei, "秋天的湖", second_body="The lake in autumn, by me.")
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert "The lake in autumn, by me." in page
    assert not asks(page, "note", note.pk)


def test_without_javascript_the_translation_is_a_page_beside_the_original(
    browser_of: BrowserOf, ann: User, lake: Note, engine: Service
) -> None:
    reader, address = browser_of(ann), f"/translation/note/{lake.pk}/"
    waiting = reader.get(address).content.decode()
    assert "Being translated…" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    work()
    page = reader.get(address).content.decode()
    assert '<section class="pair__original" aria-label="Original" lang="zh"><h2>秋天的湖' in page
    assert '<div class="translation__words" lang="en"><h2>The lake in autumn</h2>' in page
    assert "Translated by LibreTranslate" in page
    assert "refresh" not in page


def test_htmx_gets_the_words_alone_and_asks_until_they_are_there(
    browser_of: BrowserOf, ann: User, lake: Note, engine: Service
) -> None:
    reader, address = browser_of(ann), f"/translation/note/{lake.pk}/"
    waiting = reader.get(address, headers=HTMX).content.decode()
    assert waiting.startswith('<section class="translation" data-stage="pending"')
    assert 'hx-trigger="load delay:1s"' in waiting
    work()
    words = reader.get(address, headers=HTMX).content.decode()
    assert "The lake in autumn" in words
    assert ("hx-trigger" in words, "See the original" in words) == (False, True)


ALREADY = "There is nothing to translate: it is in this language already."


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_in_the_readers_language_is_not_said_twice(
    browser_of: BrowserOf, ann: User, post_note: PostNote, headers: dict[str, str]
) -> None:
    note = post_note(ann, "Autumn walk", "Up the hill and down again.")
    page = browser_of(ann).get(f"/translation/note/{note.pk}/", headers=headers).content.decode()
    assert page.count("Up the hill and down again.") == (0 if headers else 1)
    assert ALREADY in page
    assert ("In the author's own words" in page, "Word it better" in page) == (False, False)


def test_what_the_author_wrote_in_both_languages_is_shown_in_both(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(mei, "秋天的湖", second_body="The lake in autumn, by me.")
    page = browser_of(ann).get(f"/translation/note/{note.pk}/").content.decode()
    assert ("秋天的湖" in page, "The lake in autumn, by me." in page) == (True, True)
    assert "In the author's own words" in page
    assert ALREADY not in page


def test_without_a_service_the_page_says_why(
    browser_of: BrowserOf, mei: User, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Autumn walk")
    page = browser_of(mei).get(f"/translation/note/{note.pk}/").content.decode()
    assert "还没有人翻译过这段文字，本站也没有接入机器翻译。" in page


def test_a_profile_is_translated_too(
    browser_of: BrowserOf, ann: User, mei: User, engine: Service
) -> None:
    User.objects.filter(pk=mei.pk).update(bio="今天很开心。")
    reader = browser_of(ann)
    assert asks(reader.get("/@mei/").content.decode(), "user", "mei")
    reader.get("/translation/user/mei/")
    work()
    assert "I am happy today." in reader.get("/translation/user/mei/").content.decode()


def test_who_asks_too_often_is_shown_when_to_come_back(
    browser_of: BrowserOf, ann: User, lake: Note, engine: Service, settings: LazySettings
) -> None:
    settings.RATE_TRANSLATIONS = 1
    comment = submit_comment(lake.author, lake, "秋天真好")
    bring_to(comment.case, "published")
    reader = browser_of(ann)
    addresses = [f"/translation/note/{lake.pk}/", f"/translation/comment/{comment.pk}/"]
    answers = [reader.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["note/0", "note/x", "comment/0", "user/nobody", "board/1"])
def test_what_is_not_there_has_no_translation(client: Client, db: None, path: str) -> None:
    assert client.get(f"/translation/{path}/").status_code == 404
