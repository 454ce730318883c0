"""Giving a draft to moderation, at once or at the time its author chose."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.words import refused
from moderation.actions import open_case
from moderation.models import Readers
from notes.models import MOST_IMAGES, Audience, Note
from notes.rendering import complete_note
from notes.telling import tell_of_time
from notes.topics import link
from notes.words import Words, languages_of

logger = logging.getLogger(__name__)

# Who could read it once it is published, in the words of moderation.
READERS: dict[str, Readers] = {
    Audience.PUBLIC: Readers.EVERYONE,
    Audience.FOLLOWERS: Readers.SOME,
    Audience.PRIVATE: Readers.NOBODY,
}


def check_count(images: int) -> None:
    """Raise ValidationError for a number of images that no note has."""
    if not 1 <= images <= MOST_IMAGES:
        raise refused("images", _("A note has 1 to 18 images."), "count")


def check_complete(draft: Note) -> None:
    """Raise ValidationError for what a draft lacks to be a note."""
    Words.of(draft).check_complete()
    check_count(draft.images.count())


def send(draft: Note) -> None:
    """Open the case of a draft, which makes a note of it. Raises ValidationError."""
    words, alts = Words.of(draft), [image.alt for image in draft.images.all()]
    words.check_complete()
    check_count(len(alts))
    languages = languages_of(words, draft.language)
    draft.case = open_case(
        "note",
        draft.author,
        words.judged(alts),
        languages["language"],
        READERS[draft.audience],
        ready=False,
        url=draft.get_absolute_url(),
    )
    draft.language, draft.second_language = languages["language"], languages["second_language"]
    draft.publish_at = None
    draft.save(update_fields=["case", "language", "second_language", "publish_at"])
    link(draft, words)
    complete_note(draft.pk)


def send_due(at_most: int = 100) -> None:
    """Send the drafts whose time has come; two beats never send one twice."""
    for pk in Note.drafts.due().values_list("pk", flat=True)[:at_most]:
        try:
            _send_if_due(pk)
        except Exception:
            logger.exception("note %s could not be sent at its time", pk)


@transaction.atomic
def _send_if_due(pk: int) -> None:
    locked = Note.drafts.due().select_for_update(skip_locked=True, of=("self",))
    draft = locked.filter(pk=pk).first()
    if draft is None:
        return
    try:
        with transaction.atomic():
            send(draft)
            tell_of_time(draft)
    except ValidationError:
        # What it needed was taken away meanwhile: it waits for its author.
        Note.drafts.filter(pk=pk).update(publish_at=None)
