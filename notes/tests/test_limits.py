"""How long words may be: counted in characters as they are stored, to the last one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from conftest import PostNote
from notes.actions import describe_image, submit_comment, submit_note
from notes.models import Comment, Image, Note
from notes.parsing import find_mentions, find_topics, split_links

Ready = Callable[..., Image]

# What is written, and what is kept of it: as many characters, or one fewer for each pair.
UNITS = [
    ("x", "x"),
    ("字", "字"),
    ("\U0001f341", "\U0001f341"),
    ("e\u0301", "\u00e9"),
    ("か\u3099", "が"),
    ("\u1100\u1161", "\uac00"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("written", "kept"), UNITS)
@pytest.mark.parametrize(("field", "longest"), [("title", 100), ("body", 5_000), ("place", 80)])
def test_a_field_is_full_at_its_limit_and_not_before(
    ann: User, ready_image: Ready, field: str, longest: int, written: str, kept: str
) -> None:
    image = ready_image(ann).pk
    words = {"title": "Walk", "body": "", "place": ""}
    with pytest.raises(ValidationError) as refused:
        submit_note(ann, images=[image], **words | {field: written * (longest + 1)})
    assert list(refused.value.error_dict) == [field]
    assert refused.value.messages == [f"At most {longest} characters; these are {longest + 1}."]
    note = submit_note(ann, images=[image], **words | {field: written * longest})
    note.refresh_from_db()
    assert getattr(note, field) == kept * longest


@pytest.mark.django_db
@pytest.mark.parametrize(("written", "kept"), UNITS)
def test_a_comment_is_full_at_a_thousand(
    ann: User, mei: User, post_note: PostNote, written: str, kept: str
) -> None:
    note = post_note(ann)
    with pytest.raises(ValidationError):
        submit_comment(mei, note, written * 1_001)
    submit_comment(mei, note, f"  {written * 1_000}\r\n")
    assert Comment.objects.get().body == kept * 1_000


@pytest.mark.django_db
def test_a_description_is_full_at_five_hundred(ann: User, ready_image: Ready) -> None:
    image = ready_image(ann, "\U0001f341" * 500)
    assert image.alt == "\U0001f341" * 500
    with pytest.raises(ValidationError):
        describe_image(image, "\U0001f341" * 501)
    image.refresh_from_db()
    assert image.alt == "\U0001f341" * 500


@pytest.mark.django_db
def test_a_mark_that_joins_nothing_counts_as_itself(ann: User, ready_image: Ready) -> None:
    with pytest.raises(ValidationError):
        submit_note(ann, "q\u0301" * 51, "", [ready_image(ann).pk])
    submit_note(ann, "q\u0301" * 50, "", [ready_image(ann).pk])
    assert Note.objects.get().title == "q\u0301" * 50


TEXTS = [
    "Morning #tea with @mei, @Mei and ＠ann; see #秋天# ＃杭州",
    "e\u0301 #cafe\u0301 \r\n #CAFÉ @ab @abc@def.example",
    "\u200b#\u200b @ # ## #a#b @@ann a@b #1 #１２ #ﬁ",
    "👨‍👩‍👧 #👨 #日本-京都 #a·b @x_y_z。@mei",
    "https://example.org/#part?u=@mei <b>#bold</b>",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_of_a_text_hold_all_its_letters(text: str) -> None:
    pieces = split_links(text)
    assert sum(len(piece) + (kind != "text") for kind, piece in pieces) == len(text)


@pytest.mark.parametrize("text", TEXTS)
def test_topics_and_mentions_are_what_the_page_would_link(text: str) -> None:
    pieces = split_links(text)
    handles = [piece.lower() for kind, piece in pieces if kind == "mention"]
    assert find_mentions(text) == list(dict.fromkeys(handles))
    topics = [unicodedata.normalize("NFC", piece) for kind, piece in pieces if kind == "topic"]
    assert [topic for topic in topics if topic in find_topics(text)] == find_topics(text)
