"""Names and bios: a case for each that is new, and what others read after each decision.

What others read stays as it was until new words are published. When published words are
restricted, others read nothing, or what they read until then if these words never were published;
of limited words others read the name alone. Their author goes on to see them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.commits import after_commit
from accounts.models import User
from moderation.language import detect
from moderation.models import (
    MOST_ATTEMPTS,
    PROFILE,
    VISIBLE_STATES,
    Case,
    ProfileText,
    ProfileTextQuerySet,
    State,
)

# The case of a report about somebody who says nothing of themselves (`actions.case_of_person`).
ONLY_A_HANDLE = r"^@[a-z0-9_]{3,24}$"


def open_proposed(at_most: int = 200) -> Iterator[int]:
    """Open the cases of words that wait for one; their ids, the longest waiting first."""
    opened = ProfileText.objects.filter(user=OuterRef("pk"), written_at=OuterRef("proposed_at"))
    waiting = User.objects.active().filter(~Exists(opened), proposed_at__isnull=False)
    for pk in waiting.order_by("proposed_at").values_list("pk", flat=True)[:at_most]:
        if (case := _open(pk)) is not None:
            yield case.pk


@transaction.atomic
def _open(person_id: int) -> Case | None:
    """Open the case of what somebody proposes; None when another worker was faster."""
    person = User.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None or person.proposed_at is None:
        return None
    texts = ProfileText.objects.filter(user=person)
    if texts.filter(written_at=person.proposed_at).exists():
        return None
    for_a_person = _is_bound(person)
    _write_down(person)
    _drop(texts.exclude(case__state__in=VISIBLE_STATES))
    case = _case_of(person, person.own_words, State.PENDING)
    if case.text and for_a_person:
        case.attempts = MOST_ATTEMPTS
        case.save(update_fields=["attempts"])
    texts.create(user=person, case=case, written_at=person.proposed_at, **person.own_words)
    return case


def _is_bound(person: User) -> bool:
    """Whether a person restricted the last words, or shall read them; taking them away and writing
    new ones is no way round, nor is mending what was reported."""
    words = Case.objects.filter(kind=PROFILE, author=person).exclude(text="")
    last = words.exclude(text__regex=ONLY_A_HANDLE).order_by("pk").last()
    return (last is not None and last.is_bound) or words.reported().filter(closed_at=None).exists()


def _write_down(person: User) -> None:
    """Words that others read since before there were cases of profiles get one, published."""
    words = {"display_name": person.display_name, "bio": person.bio}
    if any(words.values()) and not ProfileText.objects.filter(user=person).exists():
        case = _case_of(person, words, State.PUBLISHED)
        ProfileText.objects.create(user=person, case=case, written_at=person.date_joined, **words)


def _case_of(person: User, words: dict[str, str], state: State) -> Case:
    text = "\n\n".join(filter(None, words.values()))
    decided_at: datetime | None = None if state == State.PENDING else timezone.now()
    return Case.objects.create(
        kind=PROFILE,
        author=person,
        text=text,
        language=detect(text),
        url=person.get_absolute_url(),
        state=state,
        ready_at=timezone.now(),
        decided_at=decided_at,
    )


@transaction.atomic
def case_of_words(person: User) -> Case | None:
    """The case of what others read of somebody's own words; None where they read none."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _write_down(person)
    shown = ProfileText.objects.filter(user=person).visible().order_by("written_at").last()
    return shown.case if shown and any(shown.words.values()) else None


def follow(case: Case) -> None:
    """Let others read what they may after a decision on somebody's words."""
    text = ProfileText.objects.filter(case=case).first()
    if text is None:
        return
    person = User.objects.select_for_update(no_key=True).get(pk=text.user_id)
    texts = ProfileText.objects.filter(user=person).order_by("written_at")
    newest, shown = texts.last() or text, texts.visible().last()
    words: dict[str, Any] = {"display_name": "", "bio": ""}
    if shown:
        words = shown.words | ({"bio": ""} if shown.is_limited else {})
    # What they wrote since is still to come.
    if person.proposed_at in (None, newest.written_at):
        is_read = newest == shown and not shown.is_limited
        words |= _as_proposed(None if is_read else newest)
    User.objects.filter(pk=person.pk).update(version=F("version") + 1, **words)
    if newest == shown:
        _drop(texts.exclude(pk=newest.pk))


def _as_proposed(text: ProfileText | None) -> dict[str, Any]:
    if text is None:
        return {"proposed_name": "", "proposed_bio": "", "proposed_at": None}
    return {
        "proposed_name": text.display_name,
        "proposed_bio": text.bio,
        "proposed_at": text.written_at,
    }


def _drop(texts: ProfileTextQuerySet) -> None:
    """Forget words whose place others took; what nobody else could read nobody need decide on."""
    unseen = texts.exclude(case__state__in=VISIBLE_STATES)
    cases = list(unseen.values_list("case", flat=True))
    texts.delete()
    # Not in this transaction: decisions lock the case first, and the person after it.
    after_commit(_close, cases)


def _close(cases: list[int]) -> None:
    Case.objects.filter(pk__in=cases).update(closed_at=timezone.now())
