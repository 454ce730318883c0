"""Keeping the lists of the desk. What was once added stays in the history."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pictures import BAD_PICTURE, check_picture, decode
from accounts.words import checked, refused
from moderation.hashes import EDGE, every_turn
from moderation.models import Fingerprint, KnownImage, Word
from moderation.models.lists import WORD_LENGTH
from moderation.rulebook import RULE_IDS

WHY_LENGTH = 300
LEAST, MOST = 0.3, 0.95


def add_word(by: User, text: str, rule: str, score: float, reason: str) -> Word:
    """List a word; it counts from the next case on. Raises ValidationError naming the field."""
    text = checked("text", text, WORD_LENGTH)
    if len(text) < 2:
        raise refused("text", _("At least two characters."), "min_length")
    if not LEAST <= score <= MOST:
        raise refused("score", _("From 0.3 to 0.95: no word removes by itself alone."))
    fields = _entry(by, rule, reason)
    try:
        with transaction.atomic():
            return Word.objects.create(text=text, score=score, **fields)
    except IntegrityError:
        raise refused("text", _("This word is listed for this rule."), "unique") from None


@transaction.atomic
def add_image(by: User, file: UploadedFile[bytes], rule: str, reason: str) -> KnownImage:
    """List a picture by its fingerprints; the picture itself is not kept.

    Raises ValidationError naming the field.
    """
    fields = _entry(by, rule, reason)
    check_picture(file)
    file.seek(0)
    try:
        turns = every_turn(decode(file, EDGE))
    except BAD_PICTURE:
        raise refused("file", _("This picture could not be read.")) from None
    if not turns:
        raise refused("file", _("This picture is too plain to be told from others."), "plain")
    image = KnownImage.objects.create(**fields)
    Fingerprint.objects.bulk_create(Fingerprint(image=image, digest=turn) for turn in turns)
    return image


def retire(entry: Word | KnownImage, by: User) -> None:
    """Take something off its list; doing it twice is doing it once."""
    listed = type(entry).objects.active().filter(pk=entry.pk)
    listed.update(retired_by=by, retired_at=timezone.now())


def _entry(by: User, rule: str, reason: str) -> dict[str, object]:
    if rule not in RULE_IDS:
        raise refused("rule", _("Choose a rule."), "invalid_choice")
    reason = checked("reason", reason, WHY_LENGTH)
    if not reason:
        raise refused("reason", _("Say why, for those who come after you."), "required")
    return {"added_by": by, "rule": rule, "reason": reason}
