"""Edits of what was sent: the old words stay until the new ones are judged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Max, Model
from django.utils import timezone

from accounts.commits import after_commit
from moderation.actions import close_case, open_case
from moderation.language import detect
from moderation.models import VISIBLE_STATES
from notes.models import Comment, Image, Note, Version
from notes.rendering import complete_note, delete_files
from notes.sending import READERS
from notes.topics import link, mentioned_in, topics_of
from notes.words import Words, languages_of

T = TypeVar("T")

logger = logging.getLogger(__name__)


def open_version(note: Note) -> Version | None:
    """The edit that is being judged, if there is one."""
    return Version.objects.open().filter(note=note).select_related("case").first()


def propose(note: Note, words: Words, pictures: list[Image]) -> Version:
    """Give new words and pictures of a locked note to moderation.

    What nobody else can read is replaced at once; what others read stays until then.
    """
    last, overtaken = _write_down(note), open_version(note)
    cases = [note.case, *([overtaken.case] if overtaken else [])]
    case = open_case(
        "note",
        note.author,
        words.judged(picture.alt for picture in pictures),
        languages_of(words, _chosen_language(note))["language"],
        READERS[note.audience],
        ready=False,
        url=note.get_absolute_url(),
        for_a_person=any(case.is_bound for case in cases),
    )
    version = Version.objects.create(
        note=note,
        number=last + 1,
        case=case,
        pictures=[{"id": picture.pk, "alt": picture.alt} for picture in pictures],
        created_at=timezone.now(),
        **asdict(words),
    )
    topics_of(words)
    if overtaken:
        drop(overtaken, version)
    Image.objects.filter(pk__in=_ids(version), note=None).update(proposed_for=note)
    if note.case.state not in VISIBLE_STATES:
        adopt(version)
    complete_note(note.pk)
    return version


def _write_down(note: Note) -> int:
    """Keep what the note says now, unless that was done; return the number of the last version."""
    last = note.versions.aggregate(last=Max("number"))["last"]
    if last is None:
        Version.only_one(note).save()
    return last or 1


def _chosen_language(note: Note) -> str:
    """The language, if the author said which; what we detected we detect again."""
    return "" if note.language == detect(Words.of(note).main) else note.language


def _ids(version: Version) -> list[int]:
    return [picture["id"] for picture in version.pictures]


def pictures_of(present: Note | Version) -> list[Image]:
    """The pictures of a note or of an edit, each with its description there."""
    if isinstance(present, Note):
        return list(present.images.all())
    images = Image.objects.in_bulk(_ids(present))
    found = [(images.get(picture["id"]), picture["alt"]) for picture in present.pictures]
    for image, alt in found:
        if image:
            image.alt = alt
    return [image for image, _ in found if image]


@transaction.atomic
def adopt(version: Version) -> None:
    """Let readers see a version in the place of the one before."""
    note = Note.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.note_id)
    now = timezone.now()
    if Version.objects.open().filter(pk=version.pk).update(shown_at=now) != 1:
        return
    words, before = Words.of(version), note.case
    Note.objects.filter(pk=note.pk).update(
        case=version.case,
        edited_at=version.created_at,
        version=F("version") + 1,
        **languages_of(words, _chosen_language(note)),
        **asdict(words),
    )
    _arrange(note, version)
    link(note, words)
    if before.state not in VISIBLE_STATES:
        close_case(before.pk)


def _arrange(note: Note, version: Version) -> None:
    """Pictures of the version in its order; what its author took out goes for good."""
    for position, picture in enumerate(version.pictures):
        Image.objects.filter(pk=picture["id"]).update(
            note=note, proposed_for=None, position=position, alt=picture["alt"]
        )
    _discard(note.images.exclude(pk__in=_ids(version)))


def _discard(images: Iterable[Image]) -> None:
    gone = list(images)
    Image.objects.filter(pk__in=[image.pk for image in gone]).delete()
    after_commit(delete_files, gone)


@transaction.atomic
def drop(version: Version, successor: Version | None = None) -> None:
    """Give a version up that nobody saw; pictures of its successor stay."""
    Version.objects.open().filter(pk=version.pk).update(dropped_at=timezone.now())
    close_case(version.case_id)
    kept = _ids(successor) if successor else []
    _discard(Image.objects.filter(proposed_for=version.note_id).exclude(pk__in=kept))


def settle_edits(at_most: int = 200) -> None:
    """Show the edits that moderation accepted. What it removed stays with its author."""
    for version in Version.objects.accepted()[:at_most]:
        _settle(adopt, version)
    for comment in Comment.objects.accepted().select_related("edit_case")[:at_most]:
        _settle(show_edit, comment)


def _settle(show: Callable[[T], None], edited: T) -> None:
    try:
        show(edited)
    except Exception:
        logger.exception("the edit of %s could not be shown", edited)


def show_edit(comment: Comment) -> None:
    """Let readers see the new words of a comment."""
    Comment.objects.filter(pk=comment.pk, edit_case=comment.edit_case).update(
        body=comment.edit_body,
        language=detect(comment.edit_body),
        case=comment.edit_case,
        edited_at=timezone.now(),
        edit_body="",
        edit_case=None,
    )


def overlay(note: Note) -> Note:
    """The note as its author reads it: with the words that are still being judged."""
    version = open_version(note)
    if version is None:
        return note
    words = Words.of(version)
    for name, value in (asdict(words) | languages_of(words, _chosen_language(note))).items():
        setattr(note, name, value)
    note.shown_state, note.case, note.edited_at = note.state, version.case, version.created_at
    _put(note, "images", pictures_of(version))
    _put(note, "topics", topics_of(words))
    _put(note, "mentions", mentioned_in(words))
    return note


def _put(note: Note, relation: str, rows: Sequence[Model]) -> None:
    """Let `note.relation.all()` give these rows, as prefetching would."""
    prefetched = getattr(note, relation).all()
    prefetched._result_cache = list(rows)
    prefetched._prefetch_done = True
    note.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = prefetched
