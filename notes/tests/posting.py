"""What posting a note leaves behind, written at once: test_posting.py holds both side by side.

Most tests begin with a note that was posted and judged; for them the many questions that the
actions ask are long answered. Words go through the functions that the actions use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from accounts.pictures import store
from moderation.models import Case, State, Verdict
from moderation.models.verdicts import BY_HAND
from moderation.policy import Outcome
from notes.actions import upload_image
from notes.actions.notes import SETTINGS
from notes.models import Image, Note
from notes.rendering import delete_files, render_image
from notes.sending import READERS, check_count
from notes.topics import link
from notes.words import Words, checked_words, languages_of

MADE_OF = ("width", "height", "byte_count", "placeholder", "fingerprint", "attempts", "status")


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker made of a picture."""

    row: dict[str, Any]
    files: dict[int, bytes]


_made: dict[bytes, Made] = {}


def uploaded(owner: User, photo: bytes, alt: str = "") -> Image:
    """A picture of somebody's that went through upload and worker."""
    image = upload_image(owner, SimpleUploadedFile("leaf.jpg", photo), alt)
    render_image(image.pk)
    image.refresh_from_db()
    return image


def made_of(owner: User, photo: bytes) -> Made:
    """What a worker makes of it; made in earnest once in each process."""
    if photo not in _made:
        image = uploaded(owner, photo)
        files = {width: stored(image.file_name(width)) for width in Image.WIDTHS}
        _made[photo] = Made({name: getattr(image, name) for name in MADE_OF}, files)
        image.delete()
        delete_files([image])
    return _made[photo]


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def ready_picture(owner: User, photo: bytes, **fields: Any) -> Image:
    """A picture as `uploaded` leaves it, with its files; not saved."""
    made = made_of(owner, photo)
    image = Image(owner=owner, claimed_at=timezone.now(), **made.row, **fields)
    for width, data in made.files.items():
        store(image.file_name(width), data)
    return image


def post(
    author: User, title: str, body: str, pictures: list[Image], *, published: bool, **fields: Any
) -> Note:
    """A note as actions and workers leave it: waiting to be judged, or published and delivered."""
    given = {"title": title, "body": body} | fields
    settings = {name: given[name] for name in SETTINGS if name in given}
    note = Note(author=author, saved_at=timezone.now(), **settings, **checked_words(given))
    words = Words.of(note)
    words.check_complete()
    check_count(len(pictures))
    for name, value in languages_of(words, note.language).items():
        setattr(note, name, value)
    note.save()
    _attach(note, pictures)
    note.case = _open_case(note, words, pictures)
    if words.topics() or words.mentions():
        link(note, words)
    after = _publish(note.case) if published else {}
    Note.drafts.filter(pk=note.pk).update(case=note.case, **after)
    return note


def _attach(note: Note, pictures: list[Image]) -> None:
    for position, picture in enumerate(pictures):
        picture.note, picture.position = note, position
    Image.objects.bulk_create(pictures)


def _open_case(note: Note, words: Words, pictures: list[Image]) -> Case:
    return Case.objects.create(
        kind="note",
        author=note.author,
        text=words.judged([picture.alt for picture in pictures]),
        language=note.language,
        readers=READERS[note.audience],
        url=note.get_absolute_url(),
        ready_at=timezone.now(),
        images=[picture.file_name(360) for picture in pictures],
        fingerprints=[picture.fingerprint for picture in pictures if picture.fingerprint],
    )


def _publish(case: Case) -> dict[str, datetime]:
    """Decide it, and return the moments of a note that was delivered then."""
    decision = {"state": State.PUBLISHED, "version": 2, "decided_at": timezone.now()}
    Case.objects.filter(pk=case.pk).update(**decision)
    Verdict.objects.create(case=case, outcome=Outcome.PUBLISH, policy_version=BY_HAND)
    return {"delivered_at": timezone.now(), "published_at": timezone.now()}
