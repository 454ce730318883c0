"""Opening cases, and what their content does to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commits import ring
from accounts.models import User
from moderation import tasks
from moderation.models import MOST_ATTEMPTS, Case, Readers, Sanction, SanctionKind


def open_case(
    kind: str,
    author: User | None,
    text: str,
    language: str = "",
    readers: Readers = Readers.EVERYONE,
    *,
    ready: bool = True,
    url: str = "",
    about: User | None = None,
    for_a_person: bool = False,
) -> Case:
    """Open a case. One that is not ready waits for `make_ready`; or for a person.

    It has no author where a machine made the words; `about` is whose text they tell anew or
    comment on.
    Raises ValidationError for somebody who may not post for a time.
    """
    if author is not None:
        _check_not_muted(author)
    case = Case.objects.create(
        kind=kind,
        author=author,
        text=text,
        language=language,
        readers=readers,
        url=url,
        about=about,
        attempts=MOST_ATTEMPTS if for_a_person else 0,
    )
    if ready:
        make_ready(case)
    return case


def _check_not_muted(author: User) -> None:
    muted = Sanction.objects.in_force().filter(person=author, kind=SanctionKind.MUTE).first()
    if muted is not None and muted.ends_at is not None:
        day = date(muted.ends_at, "DATETIME_FORMAT")
        message = _("You may not post until %(day)s. Why stands under “Decisions about me”.")
        raise ValidationError(message, code="muted", params={"day": day})


def make_ready(
    case: Case, images: list[str] | None = None, fingerprints: Iterable[str] = ()
) -> None:
    """All there is to see is there: let a worker judge it."""
    waiting = Case.objects.pending().filter(pk=case.pk, ready_at=None)
    after: dict[str, Any] = {"ready_at": timezone.now()}
    if images is not None:
        after |= {"images": images, "fingerprints": [*filter(None, fingerprints)]}
    if waiting.update(**after):
        ring(tasks.judge, case.pk)


def change_readers(readers: Readers, *case_ids: int) -> None:
    """The content is for others now."""
    Case.objects.filter(pk__in=case_ids).update(readers=readers)


def close_case(*case_ids: int) -> None:
    """The content is gone: nobody need decide any more. The history stays."""
    Case.objects.filter(pk__in=case_ids).update(closed_at=timezone.now())
