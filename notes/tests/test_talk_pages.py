"""Comments in the browser: editing, liking, pinning, long threads; and notes elsewhere (oEmbed)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.actions import submit_comment
from notes.editing import settle_edits
from notes.models import Comment, Note

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


@pytest.fixture
def note(ann: User, post_note: PostNote) -> Note:
    return post_note(ann, "Autumn walk")


def remark(who: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    comment = submit_comment(who, note, body, parent)
    bring_to(comment.case, "published")
    return comment


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_comment_is_edited_by_its_author_alone(
    browser_of: BrowserOf, ann: User, mei: User, note: Note
) -> None:
    comment = remark(mei, note, "Old words")
    address = f"/comments/{comment.pk}/edit/"
    assert browser_of(ann).get(address).status_code == 403
    assert "Old words" in page(browser_of(mei), address)
    sent = browser_of(mei).post(address, {"body": "New words"})
    assert sent["Location"] == f"/notes/{note.pk}/#comment-{comment.pk}"
    mine, theirs = (page(browser_of(who), f"/notes/{note.pk}/") for who in (mei, ann))
    assert ("New words" in mine, "New words" in theirs, "Old words" in theirs) == (
        True, False, True,
    )  # fmt: skip
    bring_to(Case.objects.get(text="New words"), "published")
    settle_edits()
    theirs = page(browser_of(ann), f"/notes/{note.pk}/")
    assert ("New words" in theirs, "<span>edited</span>" in theirs) == (True, True)


def test_a_comment_is_liked_in_place(browser_of: BrowserOf, ann: User, note: Note) -> None:
    comment = remark(ann, note, "Lovely")
    address = f"/comments/{comment.pk}/like/"
    pressed = browser_of(ann).post(address, {"undo": ""}, headers={"HX-Request": "true"})
    assert '<span data-count="1">1</span>' in pressed.content.decode()
    assert browser_of(ann).post(address, {"undo": "1"}).status_code == 302
    comment.refresh_from_db()
    assert comment.like_count == 0


def test_a_pinned_comment_stands_on_top_once(
    browser_of: BrowserOf, ann: User, mei: User, note: Note
) -> None:
    first = remark(mei, note, "The first")
    remark(mei, note, "The last")
    assert browser_of(mei).post(f"/comments/{first.pk}/pin/", {"undo": ""}).status_code == 403
    browser_of(ann).post(f"/comments/{first.pk}/pin/", {"undo": ""})
    shown = page(browser_of(mei), f"/notes/{note.pk}/")
    assert shown.index("The first") < shown.index("The last")
    assert (shown.count("The first"), shown.count("置顶")) == (1, 1)
    browser_of(ann).post(f"/comments/{first.pk}/pin/", {"undo": "1"})
    shown = page(browser_of(mei), f"/notes/{note.pk}/")
    assert shown.index("The last") < shown.index("The first")


def test_a_long_thread_shows_its_beginning_and_the_way_to_the_rest(
    browser_of: BrowserOf, client: Client, ann: User, mei: User, note: Note
) -> None:
    root = deep = remark(mei, note, "Root")
    for n in range(6):
        deep = remark(ann if n % 2 else mei, note, f"Reply {n}", deep)
    shown = page(client, f"/notes/{note.pk}/")
    assert [f"Reply {n}" in shown for n in range(6)] == [True] * 3 + [False] * 3
    assert "3 more replies" in shown
    address = f"/comments/{root.pk}/replies/"
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    whole = page(client, address)
    for text in (part, whole):
        assert [f"Reply {n}" in text for n in range(6)] == [True] * 6
    assert part.count('/">@') == 5  # a reply to a reply names whom it answers


@pytest.mark.parametrize(
    ("commenters", "words"),
    [("followers", "作者只开放粉丝评论"), ("nobody", "作者关闭了评论")],
)
def test_who_may_not_comment_is_told(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote, commenters: str, words: str
) -> None:
    note = post_note(ann, commenters=commenters)
    assert words in page(browser_of(mei), f"/notes/{note.pk}/")
    assert 'name="body"' in page(browser_of(ann), f"/notes/{note.pk}/")
    sent = browser_of(mei).post(f"/notes/{note.pk}/comments/", {"body": "Hello"})
    assert (sent.status_code, Comment.objects.count()) == (403, 0)


def test_other_pages_may_show_a_public_note(client: Client, note: Note) -> None:
    url = f"http://testserver/notes/{note.pk}/"
    assert f"/oembed/?url={url}" in page(client, f"/notes/{note.pk}/")
    shown = client.get("/oembed/", {"url": url}).json()
    cover = note.images.get().urls["720"]
    assert (shown["title"], shown["author_name"]) == ("Autumn walk", "Ann")
    assert shown["thumbnail_url"] == f"http://testserver{cover}"
    assert (shown["thumbnail_width"], shown["thumbnail_height"]) == (60, 80)
    assert client.get("/oembed/", {"url": url, "format": "xml"}).status_code == 501


def test_no_page_shows_more_than_a_stranger_sees(
    browser_of: BrowserOf, client: Client, ann: User, post_note: PostNote
) -> None:
    held = post_note(ann, state="held")
    hidden = [f"/notes/{post_note(ann, audience='followers').pk}/", f"/notes/{held.pk}/"]
    for url in [*hidden, "", "/", "http://[", "/notes/x/", "/notes/" + "9" * 40 + "/"]:
        assert browser_of(ann).get("/oembed/", {"url": url}).status_code == 404
    warned = post_note(ann)
    Case.objects.filter(pk=warned.case.pk).update(warning="self_harm")
    shown = client.get("/oembed/", {"url": f"/notes/{warned.pk}/"}).json()
    assert "thumbnail_url" not in shown
