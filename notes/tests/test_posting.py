"""The notes that other tests begin with are as the real actions leave them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from PIL import Image as Picture

from accounts.models import User
from conftest import PostNote, bring_to
from feeds.delivery import deliver_published
from notes.actions import submit_note
from notes.models import Image, Note
from notes.tests.posting import stored, uploaded

pytestmark = pytest.mark.django_db
Ready = Callable[..., Image]
Row = dict[str, Any]
# Where a row names itself and others by key, number and address.
OWN = {"key", "images", "data", "url", "note_id"}
NUMBERS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}|[0-9a-f]{32}|\d+")
WORDS: list[dict[str, Any]] = [
    {"body": ""},
    {"body": "#tea with @mei and @tang in #杭州", "audience": "followers"},
    {"body": "秋天的叶子", "second_title": "Leaves of autumn", "topics": ["leaves"]},
    {"body": "For me", "audience": "private", "language": "zh", "place": "Ohio"},
]


@pytest.fixture(scope="module")
def picture() -> bytes:
    """One with enough in it to have a fingerprint."""
    out = io.BytesIO()
    Picture.effect_mandelbrot((60, 80), (-2, -1.5, 1, 1.5), 50).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def really_posted(author: User, picture: bytes, state: str, images: int, **fields: Any) -> Note:
    """A note through every action and worker."""
    pictures = [uploaded(author, picture).pk for _ in range(images)]
    note = submit_note(author, "Autumn walk", fields.pop("body"), pictures, **fields)
    bring_to(note.case, state)
    deliver_published()
    return note


def written(work: Callable[[], object]) -> dict[str, list[Row]]:
    """What stands in the database after this work and did not before; it is taken back."""
    before = everything()
    with transaction.atomic():
        work()
        found = told(everything() - before)
        transaction.set_rollback(True)
    return found


def everything() -> set[tuple[str, int]]:
    models = apps.get_models(include_auto_created=True)
    return {
        (model._meta.label, pk)
        for model in models
        for pk in model._base_manager.values_list("pk", flat=True)
    }


def told(new: set[tuple[str, int]]) -> dict[str, list[Row]]:
    """What these rows say, without what differs from row to row."""
    found: dict[str, list[Row]] = {}
    for label, pk in sorted(new):
        row = apps.get_model(label)._base_manager.get(pk=pk)
        found.setdefault(label, []).append({f.name: said(row, f) for f in row._meta.fields})
    return found


def said(row: models.Model, field: models.Field) -> object:
    value = getattr(row, field.attname)
    if field.name in OWN:
        return NUMBERS.sub("…", str(value))
    if isinstance(field, models.DateTimeField):
        return bool(value)
    if field.primary_key or (field.is_relation and field.related_model is not User):
        return value is not None
    return value


@pytest.mark.parametrize(
    ("state", "words"),
    [("published", words) for words in WORDS]
    + [(state, WORDS[1]) for state in ("pending", "judged", "held", "limited", "removed")],
)
def test_a_note_of_a_test_is_as_the_actions_leave_it(
    ann: User, mei: User, tang: User, picture: bytes, post_note: PostNote, state: str, words: Row
) -> None:
    real = written(lambda: really_posted(ann, picture, state, 2, **words))
    assert all(image["fingerprint"] for image in real["notes.Image"])
    assert written(lambda: post_note(ann, state=state, images=2, picture=picture, **words)) == real


def test_what_it_points_at_is_its_own(ann: User, post_note: PostNote, photo: bytes) -> None:
    for note in really_posted(ann, photo, "published", 2, body=""), post_note(ann, images=2):
        first, second = note.images.all()
        case = note.case
        case.refresh_from_db()
        assert case.images == [first.file_name(360), second.file_name(360)]
        assert case.url == note.get_absolute_url()
        assert [verdict.case for verdict in case.verdicts.all()] == [case]


def test_moments_come_one_after_the_other(ann: User, post_note: PostNote, photo: bytes) -> None:
    for note in really_posted(ann, photo, "published", 1, body=""), post_note(ann):
        note = Note.objects.select_related("case").get(pk=note.pk)
        case, image = note.case, note.images.get()
        moments = [image.claimed_at, note.saved_at, note.created_at, case.opened_at]
        moments += [case.decided_at, note.delivered_at, note.published_at]
        assert all(moments)
        assert moments == sorted(moments, key=lambda moment: moment or note.created_at)


def test_a_picture_of_a_test_has_the_files_that_a_worker_makes(
    ann: User, photo: bytes, ready_image: Ready
) -> None:
    images = uploaded(ann, photo), ready_image(ann), ready_image(ann)
    made = [[stored(i.file_name(w)) for w in i.WIDTHS] for i in images]
    assert made[0] == made[1] == made[2]
    assert len({image.key for image in images}) == 3
