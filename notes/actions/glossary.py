"""Offering words for the glossary, and deciding on them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Language, User
from accounts.words import checked, folded, refused
from moderation.actions import open_case
from notes.glossary import marking
from notes.models import Term
from notes.models.term import EXPLANATION_LENGTH, MEANING_LENGTH, WORD_LENGTH

MOST_WAITING = 20
MOST_SPELLINGS = 10


@transaction.atomic
def offer_term(
    by: User,
    word: str,
    language: str,
    means: str,
    *,
    spellings: Iterable[str] = (),
    reading: str = "",
    text_en: str = "",
    text_zh: str = "",
) -> Term:
    """Offer a word, or a better explanation of one. Raises ValidationError."""
    # The offers of one person are counted one after the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Term.objects.waiting().filter(offered_by=by).count() >= MOST_WAITING:
        message = _("%(most)s of your words wait to be read. Come back when they are.")
        raise refused("word", message, "limit", most=MOST_WAITING)
    fields = {
        "word": _needed("word", word, WORD_LENGTH),
        "means": _needed("means", means, MEANING_LENGTH),
        "reading": checked("reading", reading, MEANING_LENGTH),
        "text_en": checked("text_en", text_en, EXPLANATION_LENGTH),
        "text_zh": checked("text_zh", text_zh, EXPLANATION_LENGTH),
    }
    other = "text_en" if language == Language.CHINESE else "text_zh"
    _needed(other, fields[other], EXPLANATION_LENGTH)
    others = [checked("spellings", each, WORD_LENGTH) for each in spellings]
    case = open_case("term", by, "\n\n".join(filter(None, (*fields.values(), *others))), "")
    return Term.objects.create(
        **fields,
        name=name_of(fields["word"]),
        spellings=[each for each in others if each][:MOST_SPELLINGS],
        language=language,
        offered_by=by,
        case=case,
    )


def name_of(word: str) -> str:
    """The name of a word: what addresses go by. Raises ValidationError where there is none."""
    return _needed("word", folded(word), WORD_LENGTH)


def _needed(field: str, text: str, longest: int) -> str:
    text = checked(field, text, longest)
    if not text:
        raise refused(field, _("Write a few words."), "required")
    return text


@transaction.atomic
def approve_term(term: Term, by: User) -> None:
    """Put a word into the glossary, in the place of what it said there before."""
    _check_moderator(by)
    now, same = timezone.now(), Term.objects.filter(name=term.name).order_by("pk")
    # Locked, so that of two moderators one comes after the other.
    list(same.select_for_update(no_key=True))
    waiting = Term.objects.waiting().filter(pk=term.pk)
    if not waiting.exists():
        return
    same.placed().update(retired_at=now, decided_by=by)
    waiting.update(approved_at=now, decided_by=by)
    marking.forget()


@transaction.atomic
def retire_term(term: Term, by: User) -> None:
    """Do without a word that is offered, or that is in the glossary."""
    _check_moderator(by)
    Term.objects.filter(pk=term.pk, retired_at=None).update(
        retired_at=timezone.now(), decided_by=by
    )
    marking.forget()


def _check_moderator(by: User) -> None:
    if not (by.is_staff and by.is_moderator):
        raise PermissionDenied
