"""Drafts that become notes: at once, at their time, once; or not, and then they wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.actions import leave
from accounts.models import Kind, Notification, User
from moderation.models import Case, Sanction, SanctionKind
from notes import actions
from notes.models import MOST_IMAGES, Image, Note
from notes.rendering import complete_note
from notes.sending import READERS, check_count, send_due
from notes.words import Words

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def picture_of(owner: User, **fields: object) -> Image:
    return Image.objects.create(owner=owner, width=1, height=1, status="ready", **fields)


def scheduled(author: User, title: str = "Tea") -> Note:
    """A draft that is due since a minute."""
    images = [picture_of(author).pk]
    later = timezone.now() + LATER
    draft = actions.save_draft(author, title=title, images=images, publish_at=later)
    Note.drafts.filter(pk=draft.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    return draft


def test_what_is_due_is_sent_and_its_author_is_told(ann: User) -> None:
    draft = scheduled(ann)
    send_due()
    note = Note.objects.get(pk=draft.pk)
    assert (note.case.state, note.publish_at) == ("pending", None)
    (told,) = Notification.objects.filter(recipient=ann)
    assert (told.kind, told.note_id) == (Kind.SCHEDULED, note.pk)


def test_what_is_not_due_waits(ann: User) -> None:
    draft = actions.save_draft(
        ann, title="Tea", images=[picture_of(ann).pk], publish_at=timezone.now() + LATER
    )
    send_due()
    assert list(Note.drafts.all()) == [draft]


def test_what_is_sent_is_sent_once(ann: User) -> None:
    scheduled(ann)
    for _ in range(3):
        send_due()
    assert (Case.objects.filter(kind="note").count(), Notification.objects.count()) == (1, 1)


def test_the_earliest_is_sent_first_and_no_more_than_asked(ann: User) -> None:
    drafts = [scheduled(ann, f"{n}") for n in range(3)]
    for minutes, draft in zip((1, 3, 2), drafts, strict=True):
        at = timezone.now() - timedelta(minutes=minutes)
        Note.drafts.filter(pk=draft.pk).update(publish_at=at)
    send_due(at_most=2)
    assert [note.title for note in Note.drafts.all()] == ["0"]


def test_what_lost_its_words_meanwhile_waits_for_its_author(ann: User) -> None:
    draft, other = scheduled(ann), scheduled(ann, "Other")
    Note.drafts.filter(pk=draft.pk).update(title="", body="")
    send_due()
    draft = Note.drafts.get()
    assert draft.is_draft
    assert draft.publish_at is None
    assert Note.objects.get().pk == other.pk


def test_who_may_not_post_keeps_the_draft(ann: User) -> None:
    scheduled(ann)
    case = Case.objects.create(kind="sanction", author=ann, text="…")
    Sanction.objects.create(
        person=ann, kind=SanctionKind.MUTE, case=case, by_key=0, ends_at=timezone.now() + LATER
    )
    send_due()
    assert (Note.objects.count(), Note.drafts.get().publish_at) == (0, None)


def test_nothing_of_who_left_is_sent(ann: User) -> None:
    draft = scheduled(ann)
    leave(ann)
    send_due()
    assert list(Note.drafts.all()) == [draft]
    assert Note.drafts.get().publish_at is not None


def test_one_that_breaks_keeps_no_other_from_being_sent(
    ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = scheduled(ann, "Broken"), scheduled(ann, "Whole")
    Note.drafts.filter(pk=broken.pk).update(publish_at=timezone.now() - timedelta(hours=2))
    with one_breaks(broken.pk):
        send_due()
    assert list(Note.objects.all()) == [whole]
    assert list(Note.drafts.all()) == [broken]
    assert f"note {broken.pk} could not be sent" in caplog.text


@contextmanager
def one_breaks(pk: int) -> Iterator[None]:
    """The database refuses to send one note, as it would a row that is not what we think."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE notes_note ADD CONSTRAINT refused"
            f" CHECK (id <> {pk} OR case_id IS NULL) NOT VALID"
        )
    yield


@pytest.mark.parametrize(("count", "right"), [(0, False), (1, True), (18, True), (19, False)])
def test_a_note_has_one_to_eighteen_pictures(count: int, right: bool) -> None:
    assert MOST_IMAGES == 18
    if right:
        check_count(count)
        return
    with pytest.raises(ValidationError) as refused:
        check_count(count)
    assert list(refused.value.error_dict) == ["images"]


@pytest.mark.parametrize(
    ("audience", "readers"), [("public", "everyone"), ("followers", "some"), ("private", "nobody")]
)
def test_moderation_is_told_for_whom_a_note_is(ann: User, audience: str, readers: str) -> None:
    note = actions.submit_note(ann, "Tea", "", [picture_of(ann).pk], audience=audience)
    assert (READERS[audience], note.case.readers) == (readers, readers)


def test_moderation_reads_the_words_and_the_descriptions(ann: User) -> None:
    images = [picture_of(ann, alt="First").pk, picture_of(ann).pk, picture_of(ann, alt="Third").pk]
    note = actions.submit_note(ann, "Tea", "Rain", images, place="Hangzhou", topics=["茶"])
    assert note.case.text == "Tea\n\nRain\n\nHangzhou\n\n#茶\n\nFirst\n\nThird"
    assert note.case.text == Words.of(note).judged(["First", "", "Third"])


@pytest.mark.parametrize("unfinished", ["processing", "rejected"])
def test_a_note_is_ready_once_no_picture_is_being_made(ann: User, unfinished: str) -> None:
    images = [picture_of(ann), picture_of(ann)]
    note = actions.submit_note(ann, "Tea", "", [image.pk for image in images])
    Case.objects.filter(pk=note.case.pk).update(ready_at=None)
    Image.objects.filter(pk=images[1].pk).update(status=unfinished)
    note.case.refresh_from_db()
    complete_note(note.pk)
    note.case.refresh_from_db()
    assert (note.case.ready_at is not None) is (unfinished == "rejected")


@pytest.mark.parametrize("state", ["processing", "rejected"])
def test_a_note_none_of_whose_pictures_can_be_seen_stays_with_its_author(
    ann: User, state: str
) -> None:
    image = picture_of(ann)
    note = actions.submit_note(ann, "Tea", "", [image.pk])
    Case.objects.filter(pk=note.case.pk).update(ready_at=None)
    Image.objects.update(status=state)
    complete_note(note.pk)
    note.case.refresh_from_db()
    assert note.case.ready_at is None


def test_a_note_that_is_gone_is_completed_by_nobody() -> None:
    complete_note(10**9)


def test_a_draft_keeps_what_is_not_given(ann: User) -> None:
    image = picture_of(ann)
    draft = actions.save_draft(ann, title="Tea", body="Rain", images=[image.pk])
    actions.change_note(draft, ann, title="Coffee")
    draft = Note.drafts.get()
    assert (draft.title, draft.body, list(draft.images.all())) == ("Coffee", "Rain", [image])
    actions.change_note(draft, ann, images=[])
    assert Note.drafts.get().images.count() == 0
    assert Image.objects.loose().get() == image


def test_a_time_is_taken_back(ann: User) -> None:
    draft = scheduled(ann)
    Note.drafts.filter(pk=draft.pk).update(publish_at=timezone.now() + LATER)
    draft = Note.drafts.get()
    actions.change_note(draft, ann, body="More")
    assert Note.drafts.get().publish_at is not None
    actions.change_note(Note.drafts.get(), ann, draft=True)
    assert Note.drafts.get().publish_at is None


def test_an_older_draft_is_not_written_over(ann: User) -> None:
    draft = actions.save_draft(ann, title="One")
    actions.change_note(draft, ann, revision=1, title="Two")
    with pytest.raises(actions.EditedMeanwhileError):
        actions.change_note(Note.drafts.get(), ann, revision=1, title="Three")
    assert Note.drafts.get().title == "Two"


def test_pictures_keep_the_order_they_were_given(ann: User) -> None:
    images = [picture_of(ann) for _ in range(4)]
    order = [images[n].pk for n in (2, 0, 3, 1)]
    note = actions.submit_note(ann, "Tea", "", order)
    assert [image.pk for image in note.images.all()] == order
