"""The page of a note: what is shown to whom, with and without htmx."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from conftest import PostNote, bring_to
from moderation.actions import decide_by_hand
from moderation.policy import Outcome
from notes.actions import like, submit_comment
from notes.models import Comment, Note

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def comment(author: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    written = submit_comment(author, note, body, parent)
    bring_to(written.case, "published")
    return written


def test_anybody_reads_a_published_note(client: Client, ann: User, post_note: PostNote) -> None:
    note = post_note(ann, "Slow Sunday", "Wet leaves.\nQuiet path.", place="Ohio", images=2)
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert "<h1>Slow Sunday</h1>" in page
    assert "Wet leaves.\nQuiet path." in page
    assert "<span data-at>1</span>/2" in page
    assert page.count('<li id="image-') == 2
    assert '<meta property="og:title" content="Slow Sunday">' in page


def test_the_words_carry_their_language(client: Client, mei: User, post_note: PostNote) -> None:
    note = post_note(mei, "周末去山里走走", "慢慢走，遇见这样的光。")
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert '<div class="note__words" lang="zh">' in page


def test_only_topics_and_people_that_exist_are_linked(
    client: Client, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, body="With @mei and @nobody_here, #Autumn <b>&amp;</b>")
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert (
        '<a href="/@mei/">@mei</a> and @nobody_here, <a href="/topics/autumn/">#Autumn</a>' in page
    )
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in page


def test_a_hidden_note_is_nowhere_for_others(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "A secret walk", state="removed")
    answer = browser_of(mei).get(f"/notes/{note.pk}/")
    assert answer.status_code == 404
    assert "A secret walk" not in answer.content.decode()


def test_the_author_is_told_rule_and_reason(
    browser_of: BrowserOf, ann: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="pending")
    decide_by_hand(note.case, bo, Outcome.REMOVE, "harassment", "Please do not call him that.")
    page = browser_of(ann).get(f"/notes/{note.pk}/").content.decode()
    assert 'data-state="removed"' in page
    assert '<a href="/rules/#harassment">No insults, bullying or hunting of people</a>' in page
    assert "<blockquote>Please do not call him that.</blockquote>" in page
    assert "Decided by a person." in page


def test_followers_of_a_limited_note_are_not_told_of_the_limit(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="limited")
    assert "data-state=" not in browser_of(mei).get(f"/notes/{note.pk}/").content.decode()


def test_a_page_under_review_asks_again_until_it_is_decided(
    browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, state="pending")
    browser, address = browser_of(ann), f"/notes/{note.pk}/standing/"
    assert f'hx-get="{address}"' in browser.get(f"/notes/{note.pk}/").content.decode()
    assert "HX-Refresh" not in browser.get(address, headers=HTMX).headers
    bring_to(note.case, "published")
    assert browser.get(address, headers=HTMX).headers["HX-Refresh"] == "true"


def test_nobody_else_asks_where_moderation_stands(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    assert browser_of(mei).get(f"/notes/{note.pk}/standing/").status_code == 404


def test_a_warning_comes_before_the_note(client: Client, ann: User, post_note: PostNote) -> None:
    note = post_note(ann, state="pending")
    decide_by_hand(note.case, None, Outcome.WARN, "violence_threat")
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert page.index('<details class="curtain">') < page.index('<article class="note"')
    assert 'property="og:image" content="http://testserver/poster.jpg"' in page


def test_htmx_gets_the_note_without_the_frame(
    client: Client, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Slow Sunday")
    answer = client.get(f"/notes/{note.pk}/", headers=HTMX)
    assert answer.content.decode().strip().startswith('<article class="note"')
    assert "HX-Request" in answer.headers["Vary"]


def test_mei_likes_and_likes_no_longer(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note, browser = post_note(ann), browser_of(mei)
    address = f"/notes/{note.pk}/like/"
    heart = browser.post(address, headers=HTMX).content.decode()
    assert 'aria-pressed="true"' in heart
    assert '<span data-count="1">1</span>' in heart
    assert browser.post(address, {"undo": "1"})["Location"] == f"/notes/{note.pk}/"
    note.refresh_from_db()
    assert note.like_count == 0


def test_who_is_not_signed_in_is_asked_to(client: Client, ann: User, post_note: PostNote) -> None:
    note = post_note(ann)
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert f'href="/accounts/login/?next=/notes/{note.pk}/"' in page
    answer = client.post(f"/notes/{note.pk}/like/")
    assert answer["Location"] == f"/accounts/login/?next=/notes/{note.pk}/like/"


def test_comments_stand_newest_first_with_their_replies(
    client: Client, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    first = comment(mei, note, "好美！")
    comment(mei, note, "second")
    reply = comment(ann, note, "Thank you!", first)
    comment(mei, note, "reply to the reply", reply)
    page = client.get(f"/notes/{note.pk}/").content.decode()
    places = [
        page.index(words) for words in ("second", "好美！", "Thank you!", "reply to the reply")
    ]
    assert places == sorted(places)
    assert "4 comments" in page


def test_an_unjudged_comment_is_seen_by_its_author_alone(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    submit_comment(mei, note, "canary")
    assert "canary" not in client.get(f"/notes/{note.pk}/").content.decode()
    page = browser_of(mei).get(f"/notes/{note.pk}/").content.decode()
    assert "canary" in page
    assert "0 comments" in page or "0 条评论" in page


def test_older_comments_are_one_click_away(
    client: Client, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    written = [comment(mei, note, f"number {n}.") for n in range(21)]
    address = f"/notes/{note.pk}/comments/"
    assert (
        f'href="{address}?before={written[1].pk}#comments"'
        in client.get(f"/notes/{note.pk}/").content.decode()
    )
    older = client.get(address, {"before": written[1].pk}, headers=HTMX).content.decode()
    assert "number 0." in older
    assert "number 1." not in older
    assert "number 0." in client.get(address, {"before": written[1].pk}).content.decode()


def test_mei_comments_with_and_without_htmx(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note, browser = post_note(ann), browser_of(mei)
    address = f"/notes/{note.pk}/comments/"
    answer = browser.post(address, {"body": "好美！"})
    first = Comment.objects.get()
    assert answer["Location"] == f"/notes/{note.pk}/#comment-{first.pk}"
    part = browser.post(address, {"body": "真的"}, headers=HTMX).content.decode()
    assert part.startswith('<div class="note__talk">')
    assert "真的" in part


def test_a_reply_to_a_reply_stands_beside_it(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    first = comment(mei, note, "好美！")
    reply = comment(ann, note, "Thank you!", first)
    browser = browser_of(mei)
    asked = browser.get(f"/notes/{note.pk}/comments/", {"reply": reply.pk}, headers=HTMX)
    assert f'name="parent" value="{reply.pk}"' in asked.content.decode()
    browser.post(f"/notes/{note.pk}/comments/", {"body": "不客气", "parent": reply.pk})
    answer = Comment.objects.get(body="不客气")
    assert (answer.parent, answer.root) == (reply, first)


def test_a_refused_comment_keeps_its_words(
    browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    page = browser_of(ann).post(f"/notes/{note.pk}/comments/", {"body": "long " * 300})
    assert "At most 1000 characters; these are 1499." in page.content.decode()
    assert "long long long" in page.content.decode()
    assert not Comment.objects.exists()


def test_one_cannot_comment_on_what_one_cannot_read(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, audience="private")
    answer = browser_of(mei).post(f"/notes/{note.pk}/comments/", {"body": "canary"})
    assert answer.status_code == 404
    assert not Comment.objects.exists()


def test_author_and_host_delete_a_comment_and_nobody_else(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    address = f"/comments/{comment(mei, note, '好美！').pk}/deletion/"
    assert browser_of(tang).post(address).status_code == 403
    assert "好美！" in browser_of(mei).get(address).content.decode()
    assert browser_of(ann).post(address)["Location"] == f"/notes/{note.pk}/#comments"
    assert not Comment.objects.exists()


def test_only_the_author_deletes_a_note(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Slow Sunday")
    address = f"/notes/{note.pk}/deletion/"
    assert browser_of(mei).post(address).status_code == 404
    assert "Slow Sunday" in browser_of(ann).get(address).content.decode()
    assert browser_of(ann).post(address)["Location"] == "/@ann/"
    assert not Note.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_for_one_and_three_comments(
    browser_of: BrowserOf,
    ann: User,
    mei: User,
    post_note: PostNote,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    note, browser = post_note(ann, "Walk with @mei #autumn", images=number), browser_of(mei)
    like(mei, note)
    for n in range(number):
        comment(ann, note, "Thank you!", comment(mei, note, f"好美{n}"))
    # The last is the glossary, which a process asks for now and then.
    with django_assert_max_num_queries(13):
        browser.get(f"/notes/{note.pk}/")
