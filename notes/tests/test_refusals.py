"""What cannot be done is refused by the action itself, naming the field, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from moderation.models import Case
from notes import actions
from notes.models import Board, Comment, Image, Like, Note, Save, Term
from notes.tests.rows import comment_of, note_of

pytestmark = pytest.mark.django_db
Act = Callable[["House"], object]


class House:
    """Ann's note with Mei's comment under it, Ann's draft, board and picture; and Tang."""

    def __init__(self, ann: User, mei: User, tang: User) -> None:
        self.ann, self.mei, self.tang = ann, mei, tang
        self.note = note_of(ann)
        self.other_note = note_of(mei)
        self.comment = comment_of(mei, self.note)
        self.reply = comment_of(ann, self.note, parent=self.comment, root=self.comment)
        self.held = comment_of(mei, self.note, "held")
        self.draft = Note.drafts.create(author=ann)
        self.board = actions.create_board(ann, "Leaves", is_private=True)
        self.default = actions.default_board(ann)
        self.image = picture_of(ann)
        self.image.note = self.note
        self.image.save()


def picture_of(owner: User, **fields: object) -> Image:
    return Image.objects.create(owner=owner, width=1, height=1, status="ready", **fields)


@pytest.fixture
def house(ann: User, mei: User, tang: User) -> House:
    return House(ann, mei, tang)


REFUSED: dict[str, tuple[Act, str, str, str, str]] = {
    "an empty note": (
        lambda h: actions.submit_note(h.ann, "", "", [picture_of(h.ann).pk]),
        "title", "required", "Write a title or a few words.", "写个标题，或者写几句话吧。",
    ),
    "a note without a picture": (
        lambda h: actions.submit_note(h.ann, "Tea", "", []),
        "images", "count", "A note has 1 to 18 images.", "一篇笔记要有 1 到 18 张图片。",
    ),
    "a note with nineteen pictures": (
        lambda h: actions.submit_note(h.ann, "Tea", "", range(1, 20)),
        "images", "count", "A note has 1 to 18 images.", "一篇笔记要有 1 到 18 张图片。",
    ),
    "a picture of somebody else": (
        lambda h: actions.submit_note(h.ann, "Tea", "", [picture_of(h.mei).pk]),
        "images", "does_not_exist",
        "One of these images does not exist, or is in a note already.",
        "其中有图片不存在，或者已经用在别的笔记里了。",
    ),
    "a picture twice": (
        lambda h: actions.submit_note(h.ann, "Tea", "", [picture_of(h.ann).pk] * 2),
        "images", "does_not_exist",
        "One of these images does not exist, or is in a note already.",
        "其中有图片不存在，或者已经用在别的笔记里了。",
    ),
    "a picture of another note": (
        lambda h: actions.submit_note(h.ann, "Tea", "", [h.image.pk]),
        "images", "does_not_exist",
        "One of these images does not exist, or is in a note already.",
        "其中有图片不存在，或者已经用在别的笔记里了。",
    ),
    "a time that is over": (
        lambda h: actions.save_draft(
            h.ann, title="Tea", images=[picture_of(h.ann).pk],
            publish_at=timezone.now() - timedelta(seconds=1),
        ),
        "publish_at", "past", "Choose a time to come.", "请选择以后的时间。",
    ),
    "a time for a note that lacks a picture": (
        lambda h: actions.save_draft(
            h.ann, title="Tea", publish_at=timezone.now() + timedelta(days=1)
        ),
        "images", "count", "A note has 1 to 18 images.", "一篇笔记要有 1 到 18 张图片。",
    ),
    "a time for what is published": (
        lambda h: actions.change_note(h.note, h.ann, publish_at=timezone.now()),
        "publish_at", "published", "This note is published already.", "这篇笔记已经发布了。",
    ),
    "a draft of what is published": (
        lambda h: actions.change_note(h.note, h.ann, draft=True),
        "draft", "published", "This note is published already.", "这篇笔记已经发布了。",
    ),
    "a comment without words": (
        lambda h: actions.submit_comment(h.mei, h.note, " \u200b "),
        "body", "required", "Write a few words.", "写几句话吧。",
    ),
    "a reply to a comment elsewhere": (
        lambda h: actions.submit_comment(h.mei, h.other_note, "Yes", h.comment),
        "parent", "invalid", "This comment is not under this note.", "这条评论不在这篇笔记下面。",
    ),
    "a board without a name": (
        lambda h: actions.create_board(h.ann, " "),
        "name", "required", "Give the board a name.", "给专辑起个名字吧。",
    ),
    "a board of a name that is there": (
        lambda h: actions.create_board(h.ann, "Leaves"),
        "name", "unique", "You have a board of this name.", "你已有同名的专辑。",
    ),
    "a name for the board without one": (
        lambda h: actions.change_board(h.default, h.ann, name="Mine"),
        "name", "default", "This board has no name of its own.", "默认专辑不能改名。",
    ),
    "a cover from elsewhere": (
        lambda h: actions.change_board(h.board, h.ann, cover=h.note.pk),
        "cover", "invalid", "This note is not in the board.", "这篇笔记不在这个专辑里。",
    ),
    "the board of somebody else": (
        lambda h: actions.own_board(h.mei, h.board.pk),
        "board", "does_not_exist", "You have no such board.", "你没有这个专辑。",
    ),
    "a word without a meaning": (
        lambda h: actions.offer_term(h.ann, "yyds", "zh", "", text_en="x"),
        "means", "required", "Write a few words.", "写几句话吧。",
    ),
    "a word that its readers could not read": (
        lambda h: actions.offer_term(h.ann, "yyds", "zh", "the GOAT", text_zh="最好的"),
        "text_en", "required", "Write a few words.", "写几句话吧。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize("what", list(REFUSED))
def test_it_is_refused_in_words_and_nothing_is_left_of_it(
    house: House, what: str, language: int
) -> None:
    act, field, code, *said = REFUSED[what]
    before = dict(rows())
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as refused:
        act(house)
    ((named, (error,)),) = refused.value.error_dict.items()
    assert (named, error.code, error.messages) == (field, code, [said[language]])
    after = dict(rows())
    after["Image"] -= after["Image"] - before["Image"]  # what was made to be refused
    assert after == before


def rows() -> Iterator[tuple[str, int]]:
    for model in (Note, Comment, Board, Save, Like, Case, Term, Image):
        yield model.__name__, model._default_manager.count()
    yield "drafts", Note.drafts.count()


FORBIDDEN: dict[str, Act] = {
    "change a note of another": lambda h: actions.change_note(h.note, h.mei, title="x"),
    "change a draft of another": lambda h: actions.change_note(h.draft, h.mei, title="x"),
    "delete a note of another": lambda h: actions.delete_note(h.note, h.mei),
    "take back an edit of another": lambda h: actions.take_back_edit(h.note, h.mei),
    "delete a picture of another": lambda h: actions.delete_image(picture_of(h.ann), h.mei),
    "delete a picture that others see": lambda h: actions.delete_image(h.image, h.ann),
    "edit a comment of another": lambda h: actions.edit_comment(h.comment, h.ann, "x"),
    "delete a comment of another": lambda h: actions.delete_comment(h.comment, h.tang),
    "pin under a note of another": lambda h: actions.pin_comment(h.comment, h.mei),
    "unpin under a note of another": lambda h: actions.unpin_comment(h.comment, h.mei),
    "save into a board of another": lambda h: actions.save_note(h.mei, h.note, h.board),
    "rename a board of another": lambda h: actions.change_board(h.board, h.mei, name="x"),
    "delete a board of another": lambda h: actions.delete_board(h.board, h.mei),
    "arrange a board of another": lambda h: actions.order_notes(h.board, h.mei, []),
    "put a word into the glossary": lambda h: actions.approve_term(Term(name="x"), h.ann),
    "take a word out of the glossary": lambda h: actions.retire_term(Term(name="x"), h.ann),
}


@pytest.mark.parametrize("what", list(FORBIDDEN))
def test_nobody_else_may(house: House, what: str) -> None:
    before = dict(rows())
    with pytest.raises(PermissionDenied):
        FORBIDDEN[what](house)
    after = dict(rows())
    after["Image"] -= "picture of another" in what
    assert after == before


def test_nobody_comments_where_nobody_is_asked_to(house: House) -> None:
    for commenters, may in (("everyone", True), ("followers", False), ("nobody", False)):
        Note.objects.filter(pk=house.note.pk).update(commenters=commenters)
        if may:
            actions.submit_comment(house.tang, house.note, "Hello")
            continue
        with pytest.raises(PermissionDenied):
            actions.submit_comment(house.tang, house.note, "Hello")
    actions.submit_comment(house.ann, house.note, "My own note")


@pytest.mark.parametrize("which", ["reply", "held"])
def test_only_what_everybody_reads_is_pinned(house: House, which: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.pin_comment(getattr(house, which), house.ann)
    assert refused.value.code == "invalid"
    house.note.refresh_from_db()
    assert house.note.pinned is None


def test_the_board_that_takes_what_is_saved_stays(house: House) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        actions.delete_board(house.default, house.ann)
    assert refused.value.messages == ["This board stays: it takes what you save."]
    assert house.ann.boards.count() == 2


GONE: dict[str, Act] = {
    "like": lambda h: actions.like(h.mei, h.note),
    "save": lambda h: actions.save_note(h.mei, h.note),
    "comment": lambda h: actions.submit_comment(h.mei, h.note, "Hello"),
    "like a comment": lambda h: actions.like_comment(h.mei, h.comment),
    "edit": lambda h: actions.change_note(h.note, h.ann, title="x"),
    "edit a comment": lambda h: actions.edit_comment(h.comment, h.mei, "x"),
    "delete": lambda h: actions.delete_note(h.note, h.ann),
}


@pytest.mark.parametrize("what", list(GONE))
def test_what_was_deleted_a_moment_ago_is_not_there(house: House, what: str) -> None:
    Note.objects.get(pk=house.note.pk).delete()
    with pytest.raises(Http404):
        GONE[what](house)


UNDONE: dict[str, Act] = {
    "unlike": lambda h: actions.unlike(h.mei, h.note),
    "unsave": lambda h: actions.unsave_note(h.mei, h.note),
    "unlike a comment": lambda h: actions.unlike_comment(h.mei, h.comment),
    "unpin": lambda h: actions.unpin_comment(h.comment, h.ann),
    "take back no edit": lambda h: actions.take_back_edit(h.note, h.ann),
}


@pytest.mark.parametrize("what", list(UNDONE))
def test_what_was_never_done_is_undone_and_no_counter_falls(house: House, what: str) -> None:
    for _ in range(2):
        UNDONE[what](house)
    house.note.refresh_from_db()
    house.comment.refresh_from_db()
    counters = (house.note.like_count, house.note.save_count, house.comment.like_count)
    assert (counters, house.note.revision) == ((0, 0, 0), 1)
