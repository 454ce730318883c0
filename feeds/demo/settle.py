"""Bringing what is pending to its end where no worker does it, and giving it a past."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

from moderation.judging import judge_case
from moderation.models import VISIBLE_STATES, Case, State
from notes.models import Comment, Image, Note
from notes.rendering import render_image

# Waiting no longer than this, an image is never taken up by the sweep as well.
MOST_WAITING = 8
PATIENCE = 15.0  # seconds without any progress


def await_worker(at_most: int = MOST_WAITING) -> None:
    """Let the worker come down to so many unmade images; help when it stands still."""
    left, since = -1, time.monotonic()
    while (now_left := Image.objects.unfinished().count()) > at_most:
        if now_left != left:
            left, since = now_left, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            return settle()
        time.sleep(0.1)
    return None


def settle() -> None:
    """Render and judge what is pending."""
    for pk in Image.objects.unfinished().order_by("id").values_list("pk", flat=True):
        render_image(pk)
    ready = Case.objects.pending().filter(ready_at__isnull=False)
    for pk in ready.order_by("id").values_list("pk", flat=True):
        judge_case(pk)


def give_past(notes: Sequence[Note], comments: Iterable[Comment]) -> None:
    """Date the cases as the content; what nobody may read was never published."""
    rng = random.Random("past")  # noqa: S311 - a demo, not secrets
    dates = {note.case.pk: note.created_at for note in notes}
    dates |= {comment.case_id: comment.created_at for comment in comments}
    cases = list(Case.objects.filter(pk__in=dates).exclude(state=State.PENDING))
    for case in cases:
        case.opened_at = case.ready_at = dates[case.pk]
        case.ready_at += timedelta(seconds=rng.uniform(0.2, 1.5))
        case.decided_at = case.ready_at + timedelta(seconds=rng.uniform(0.1, 0.6))
    Case.objects.bulk_update(cases, ["opened_at", "ready_at", "decided_at"], batch_size=200)
    hidden = Note.objects.filter(pk__in=[note.pk for note in notes])
    hidden.exclude(case__state__in=VISIBLE_STATES).update(published_at=None)
