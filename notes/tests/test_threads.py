"""The talk under a note: pages of comments, the first replies, the pinned one on top."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.actions import block
from accounts.models import User, Viewer
from notes.models import Comment, Note
from notes.tests.rows import comment_of, note_of
from notes.threads import COMMENTS, FIRST_REPLIES, Thread, all_replies, answered_comment, threads_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(ann: User) -> Note:
    return note_of(ann)


def page(note: Note, viewer: Viewer, before: str = "") -> tuple[list[Thread], int | None]:
    shown = threads_of(note, viewer, before)
    return shown["threads"], shown["before"]  # type: ignore[return-value]


def bodies(threads: list[Thread]) -> list[str]:
    return [thread.comment.body for thread in threads]


def talk(note: Note, by: User, number: int) -> list[Comment]:
    return [comment_of(by, note, body=f"c{n}") for n in range(number)]


def reply(to: Comment, by: User, body: str, state: str = "published") -> Comment:
    return comment_of(by, to.note, state, parent=to, root=to.root or to, body=body)


def test_nothing_said_is_an_empty_page(note: Note) -> None:
    assert page(note, AnonymousUser()) == ([], None)


@pytest.mark.parametrize(
    ("said", "shown", "more"),
    [(1, 1, False), (COMMENTS, COMMENTS, False), (COMMENTS + 1, COMMENTS, True)],
)
def test_a_page_holds_twenty_the_newest_first(
    note: Note, mei: User, said: int, shown: int, more: bool
) -> None:
    talk(note, mei, said)
    threads, before = page(note, mei)
    assert bodies(threads) == [f"c{n}" for n in reversed(range(said))][:shown]
    assert (before is not None) is more


def test_each_comment_stands_on_one_page(note: Note, mei: User) -> None:
    talk(note, mei, 2 * COMMENTS + 3)
    seen: list[str] = []
    before: int | str | None = ""
    while before is not None:
        threads, before = page(note, mei, str(before))
        seen += bodies(threads)
    assert seen == [f"c{n}" for n in reversed(range(2 * COMMENTS + 3))]


def test_what_is_said_meanwhile_moves_no_page(note: Note, mei: User) -> None:
    talk(note, mei, COMMENTS + 2)
    before = page(note, mei)[1]
    comment_of(mei, note, body="new")
    assert bodies(page(note, mei, str(before))[0]) == ["c1", "c0"]


@pytest.mark.parametrize("before", ["x", "-1", "", "9" * 40, "1.5", "٣"])
def test_a_place_that_is_none_is_the_beginning(note: Note, mei: User, before: str) -> None:
    talk(note, mei, 2)
    assert bodies(page(note, mei, before)[0]) == ["c1", "c0"]


def test_before_everything_there_is_nothing(note: Note, mei: User) -> None:
    talk(note, mei, 2)
    assert page(note, mei, "0") == ([], None)


def test_the_pinned_one_stands_on_top_of_the_first_page_and_nowhere_else(
    note: Note, mei: User
) -> None:
    first, *_ = talk(note, mei, COMMENTS + 2)
    note.pinned = first
    threads, before = page(note, mei)
    assert bodies(threads)[:2] == ["c0", f"c{COMMENTS + 1}"]
    assert len(threads) == COMMENTS + 1
    assert bodies(page(note, mei, str(before))[0]) == ["c1"]


def test_a_pinned_one_that_is_hidden_is_not_shown(note: Note, mei: User) -> None:
    note.pinned = comment_of(mei, note, "removed")
    comment_of(mei, note, body="c1")
    assert bodies(page(note, AnonymousUser())[0]) == ["c1"]


@pytest.mark.parametrize("number", [0, 1, FIRST_REPLIES, FIRST_REPLIES + 1, FIRST_REPLIES + 4])
def test_the_first_replies_stand_beneath_in_their_order(note: Note, mei: User, number: int) -> None:
    root = comment_of(mei, note)
    for n in range(number):
        reply(root, mei, f"r{n}")
    ((thread,), _) = page(note, mei)
    assert [each.body for each in thread.replies] == [f"r{n}" for n in range(number)][:3]
    assert thread.more == max(0, number - FIRST_REPLIES)


def test_a_reply_to_a_reply_stands_under_the_same_comment(note: Note, ann: User, mei: User) -> None:
    root, other = comment_of(mei, note, body="a"), comment_of(mei, note, body="b")
    deep = reply(reply(root, ann, "r1"), mei, "r2")
    threads, _ = page(note, mei)
    assert [(t.comment.body, [r.body for r in t.replies]) for t in threads] == [
        (other.body, []), (root.body, ["r1", "r2"]),
    ]  # fmt: skip
    assert deep.root == root


def test_replies_that_nobody_reads_are_not_counted(note: Note, ann: User, mei: User) -> None:
    root = comment_of(mei, note)
    for n in range(5):
        reply(root, mei, f"r{n}", "held" if n % 2 else "published")
    (thread,), _ = page(note, AnonymousUser())
    assert ([r.body for r in thread.replies], thread.more) == (["r0", "r2", "r4"], 0)
    (thread,), _ = page(note, mei)  # who wrote them sees them all
    assert ([r.body for r in thread.replies], thread.more) == (["r0", "r1", "r2"], 2)


def test_neither_of_two_who_block_each_other_reads_the_other(
    note: Note, mei: User, tang: User
) -> None:
    root = comment_of(tang, note, body="tang")
    reply(root, mei, "mei")
    comment_of(mei, note, body="also mei")
    block(mei, tang)
    assert bodies(page(note, mei)[0]) == ["also mei"]
    threads, _ = page(note, tang)
    assert (bodies(threads), threads[0].replies) == (["tang"], [])


def test_all_replies_are_read_oldest_first(note: Note, ann: User, mei: User) -> None:
    root = comment_of(mei, note)
    said = [reply(root, ann, f"r{n}") for n in range(5)]
    reply(comment_of(mei, note), ann, "elsewhere")
    assert list(all_replies(root, mei)) == said


def test_one_answers_what_one_reads_under_this_note(note: Note, ann: User, mei: User) -> None:
    comment = comment_of(mei, note)
    assert answered_comment(ann, note, comment.pk) == comment
    assert answered_comment(ann, note, str(comment.pk)) == comment


@pytest.mark.parametrize("pk", [None, "", "x", "-3", "0x1", "9" * 40])
def test_an_answer_to_no_number_answers_nothing(note: Note, ann: User, pk: str | None) -> None:
    assert answered_comment(ann, note, pk) is None


@pytest.mark.parametrize("what", ["nowhere", "elsewhere", "hidden"])
def test_one_does_not_answer_what_one_cannot_read_here(
    note: Note, ann: User, mei: User, tang: User, what: str
) -> None:
    pk = {
        "nowhere": 10**12,
        "elsewhere": comment_of(mei, note_of(mei)).pk,
        "hidden": comment_of(mei, note, "held").pk,
    }[what]
    with pytest.raises(Http404):
        answered_comment(tang, note, pk)
