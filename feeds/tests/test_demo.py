"""The demo makes the place alive in both languages, and nothing in it is anybody's."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from accounts.models import User
from feeds.demo import content
from feeds.demo.content import Post
from moderation.language import detect
from moderation.policy import Outcome, Ruling, Submission, judge

POSTS = content.posts()


def demo(*options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("demo", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def ruling_on(post: Post) -> Ruling:
    words = f"{post.title}\n\n{post.body}"
    text = "\n\n".join([words, post.place, *(picture.alt for picture in post.pictures)])
    return judge(Submission("note", text, detect(words), 30, 3))


def test_the_demo_is_large_and_even() -> None:
    languages = Counter(post.language for post in POSTS)
    assert len(content.people()) >= 24
    assert len(POSTS) >= 120
    assert abs(languages["zh"] - languages["en"]) <= len(POSTS) // 10
    assert len({picture.drawn[0] for post in POSTS for picture in post.pictures}) >= 16
    assert max(len(post.pictures) for post in POSTS) == 9


def test_both_languages_appear_on_every_page_of_twenty() -> None:
    for start in range(0, len(POSTS) - 20, 20):
        assert {post.language for post in POSTS[start : start + 20]} == {"zh", "en"}


def test_everybody_says_that_they_are_invented() -> None:
    for person in content.people():
        assert person.handle.startswith("demo_")
        assert "demo persona" in person.bio.lower() or "演示角色" in person.bio


def test_only_people_of_the_demo_write_and_every_picture_is_described() -> None:
    handles = {person.handle for person in content.people()}
    for post in [*POSTS, *content.trouble()]:
        assert {post.author, *(remark.author for remark in post.remarks)} <= handles
        assert all(picture.alt for picture in post.pictures)


def test_every_ordinary_note_is_published_in_its_language() -> None:
    for post in POSTS:
        ruling = ruling_on(post)
        assert (ruling.outcome, ruling.language) == (Outcome.PUBLISH, post.language), post.title


def test_every_comment_is_published() -> None:
    texts = [remark.text for post in POSTS for remark in post.remarks]
    stopped = [
        text for text in texts if judge(Submission("comment", text)).outcome is not Outcome.PUBLISH
    ]
    assert stopped == []


def test_trouble_is_limited_held_and_removed() -> None:
    outcomes = {ruling_on(post).outcome for post in content.trouble()}
    assert outcomes == {Outcome.LIMIT, Outcome.HOLD, Outcome.REMOVE}


def test_what_happens_later_is_about_notes_and_people_that_exist() -> None:
    titles, handles = {post.title for post in POSTS}, {person.handle for person in content.people()}
    later = {*content.afterwords(), *content.pinned()}
    assert later - titles == set()
    assert {shelf.owner for shelf in content.shelves()} - handles == set()
    assert {post.language for post in POSTS if post.second[1]} == {"zh", "en"}


def test_without_a_demo_there_are_no_logins(mei: User) -> None:
    assert demo("--logins") == ("", "")


def test_if_empty_leaves_a_place_with_people_alone(mei: User) -> None:
    assert demo("--if-empty") == ("", "")
    assert User.objects.count() == 1


def test_a_public_server_gets_no_demo(db: None, settings: LazySettings) -> None:
    settings.INSECURE_HTTP = False
    with pytest.raises(CommandError):
        demo()
    assert User.objects.count() == 0
