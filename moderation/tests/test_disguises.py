"""Disguises hide words from a machine, and the machine still sees what they say."""

from __future__ import annotations

import pytest

from moderation.policy import Outcome, Submission, judge
from moderation.text import fold
from moderation.training.disguises import CHINESE, ENGLISH, disguised

VILE = {
    "en": "Immigrants are vermin and should be wiped out.",
    "zh": "外地人都是蛆虫，就该被灭绝。",
}
CALM = {"en": "The lake was still this morning.", "zh": "今天早上湖面很静。"}
# What `moderation.evasion` does not mend: letters that changed their places.
BEYOND = {"letters swapped"}


@pytest.mark.parametrize("name", sorted(set(ENGLISH) - BEYOND))
def test_english_in_disguise_is_still_stopped(name: str) -> None:
    hidden = disguised(VILE["en"], "en", ENGLISH[name])
    assert hidden != VILE["en"]
    assert judge(Submission("note", hidden)).outcome is not Outcome.PUBLISH


@pytest.mark.parametrize("name", sorted(CHINESE))
def test_chinese_in_disguise_is_still_stopped(name: str) -> None:
    hidden = disguised(VILE["zh"], "zh", CHINESE[name])
    assert judge(Submission("note", hidden)).outcome is not Outcome.PUBLISH


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_calm_text_has_nothing_to_hide(language: str) -> None:
    disguises = ENGLISH if language == "en" else CHINESE
    for disguise in disguises.values():
        assert disguised(CALM[language], language, disguise) == CALM[language]


@pytest.mark.parametrize("name", ["zero width", "full width", "look-alike letters"])
def test_what_only_looks_different_folds_to_the_same(name: str) -> None:
    assert fold(disguised(VILE["en"], "en", ENGLISH[name])).text == fold(VILE["en"]).text
