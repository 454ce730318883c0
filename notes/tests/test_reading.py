"""The page of a note, drawn once for all who would read the same, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import block, follow
from accounts.models import User
from conftest import PostNote, bring_to, make_person
from moderation.actions import decide_by_hand
from moderation.policy import Outcome
from notes import reading
from notes.actions import like, like_comment, pin_comment, submit_comment
from notes.models import Comment, Note

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


@pytest.fixture
def note(ann: User, post_note: PostNote) -> Note:
    return post_note(ann, "Autumn walk", "By the #lake")


def remark(who: User, note: Note, body: str = "Lovely") -> Comment:
    comment = submit_comment(who, note, body)
    bring_to(comment.case, "published")
    return comment


def page(client: Client, note: Note) -> str:
    answer = client.get(f"/notes/{note.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def cost(client: Client, note: Note) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, note)
    return len(asked)


def test_the_second_stranger_costs_two_questions(
    client: Client, browser_of: BrowserOf, mei: User, tang: User, note: Note
) -> None:
    first = page(client, note)
    assert (page(Client(), note), cost(Client(), note)) == (first, 2)
    page(browser_of(tang), note)
    other = browser_of(make_person("june", ui_language="en"))
    assert cost(other, note) <= 5


def test_a_drawn_page_holds_each_readers_own_token(
    browser_of: BrowserOf, tang: User, note: Note
) -> None:
    page(browser_of(tang), note)
    shown = page(browser_of(make_person("june")), note)
    assert reading.TOKEN not in shown
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_person("kai"))
    token = page(strict, note).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = strict.post(
        f"/notes/{note.pk}/comments/", {"body": "Hello", "csrfmiddlewaretoken": token}
    )
    assert sent.status_code == 302


def test_what_changes_is_seen_at_once(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, tang: User, note: Note
) -> None:
    seen = [page(client, note)]
    comment = remark(tang, note, "canary")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: like(mei, note),
        lambda: like_comment(mei, comment),
        lambda: pin_comment(Comment.objects.get(), ann),
        lambda: User.objects.filter(pk=tang.pk).update(display_name="Tang Two", version=9),
        lambda: decide_by_hand(comment.case, None, Outcome.REMOVE, "hate"),
    ]
    for step in steps:
        step()
        comment.case.refresh_from_db()
        seen.append(page(client, note))
    assert len(set(seen)) == len(seen)
    assert ["canary" in text for text in seen] == [False, *[True] * 5, False]


def test_a_removed_note_is_gone_from_what_was_drawn(client: Client, note: Note) -> None:
    page(client, note)
    decide_by_hand(note.case, None, Outcome.REMOVE, "hate")
    assert client.get(f"/notes/{note.pk}/").status_code == 404


def test_nobody_reads_what_was_drawn_for_another(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann, "canary", audience="followers")
    follow(mei, ann)
    assert "canary" in page(browser_of(mei), note)
    assert browser_of(tang).get(f"/notes/{note.pk}/").status_code == 404


def test_each_reader_sees_the_comments_that_are_theirs_to_see(
    browser_of: BrowserOf, mei: User, tang: User, note: Note
) -> None:
    june, kai = make_person("june"), make_person("kai")
    remark(tang, note, "words of Tang")
    remark(june, note, "words of June")
    block(mei, tang)
    block(kai, june)
    shown = {who: page(browser_of(who), note) for who in (mei, kai)}
    assert ("words of Tang" in shown[mei], "words of June" in shown[mei]) == (False, True)
    assert ("words of Tang" in shown[kai], "words of June" in shown[kai]) == (True, False)


def test_ones_own_marks_are_ones_own(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, note: Note
) -> None:
    comment = remark(mei, note)
    page(browser_of(tang), note)
    acts: list[Callable[[], object]] = [lambda: like(mei, note), lambda: like_comment(mei, comment)]
    for act in acts:
        act()
        mine, theirs = page(browser_of(mei), note), page(browser_of(tang), note)
        assert mine.count('aria-pressed="true"') > theirs.count('aria-pressed="true"')
    assert f"/comments/{comment.pk}/edit/" in mine
    assert f"/comments/{comment.pk}/edit/" not in theirs
    assert "note-edit" not in theirs
    assert f"/notes/{note.pk}/edit/" in page(browser_of(ann), note)


def test_each_language_and_host_has_its_own(client: Client, note: Note) -> None:
    english = page(client, note)
    chinese = client.get(f"/notes/{note.pk}/", headers={"Accept-Language": "zh-CN"})
    assert 'lang="zh-hans"' in chinese.content.decode()
    assert 'lang="en"' in english
    elsewhere = client.get(f"/notes/{note.pk}/", headers={"Host": "localhost"})
    assert 'content="http://localhost/notes/' in elsewhere.content.decode()


def test_a_long_talk_is_read_anew(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, mei: User, note: Note
) -> None:
    monkeypatch.setattr(reading, "MOST_COMMENTS", 1)
    for words in ("one", "two"):
        remark(mei, note, words)
    page(client, note)
    assert cost(client, note) > 2
