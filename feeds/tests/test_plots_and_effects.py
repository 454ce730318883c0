"""What the desk is shown: plots that draw their numbers, and effects counted on real homes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from conftest import PostNote
from feeds import home, meetings
from feeds.effects import effect
from feeds.homes import refresh_active
from feeds.models import Place
from feeds.plots import EDGE, HEIGHT, WIDTH, plot
from feeds.scoring import DEFAULT_WEIGHTS
from notes.models import Note

DAYS = [date(2026, 11, 1) + timedelta(days=n) for n in range(3)]


def test_a_line_goes_from_the_first_day_to_the_last() -> None:
    svg = plot("Harmony", {"zh": list(zip(DAYS, [0.0, 0.5, 1.0], strict=True))})
    high = HEIGHT - EDGE
    points = f"{EDGE:.1f},{high:.1f} {WIDTH / 2:.1f},{HEIGHT / 2:.1f} {WIDTH - EDGE:.1f},{EDGE:.1f}"
    assert f'points="{points}"' in svg
    assert 'aria-label="Harmony"' in svg
    assert "2026-11-01" in svg
    assert "2026-11-03" in svg


def test_both_languages_share_the_days() -> None:
    svg = plot("x", {"zh": [(DAYS[0], 1.0)], "en": [(DAYS[0], 0.5), (DAYS[2], 0.5)]})
    assert svg.count("<polyline") == 2


@pytest.mark.parametrize("lines", [{}, {"zh": []}, {"zh": [(DAYS[0], 0.0)]}])
def test_nothing_to_draw_is_no_error(lines: dict[str, list[tuple[date, float]]]) -> None:
    assert plot("Nothing", lines).startswith("<svg")


def test_a_title_is_text_and_never_markup() -> None:
    assert "<script>" not in plot("<script>", {})


def test_the_same_weights_change_nothing_and_others_something(
    ann: User, mei: User, post_note: PostNote
) -> None:
    for n in range(25):
        note = post_note(mei, f"Note {n}", images=1)
        written = timezone.now() - timedelta(days=n)
        Note.objects.filter(pk=note.pk).update(published_at=written)
    meetings.meet(ann.pk, Place.HOME, [0])
    home.refresh(ann)
    same = effect(DEFAULT_WEIGHTS)
    assert (same.readers, same.places, same.changed) == (1, 20, 0)
    turned = effect({"age": 60.0})
    assert turned.changed == 5


def test_homes_of_active_readers_are_ranked_before_they_get_old(
    ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(mei)
    assert refresh_active() == 0
    meetings.meet(ann.pk, Place.HOME, [0])
    assert refresh_active() == 1
    assert refresh_active() == 0
    assert home.stored(ann) is not None
    assert home.stored(mei) is None
