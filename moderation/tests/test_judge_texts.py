"""`manage.py judge_texts` answers every line, whatever it holds."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from moderation.management.commands.judge_texts import ACTIONS, judge_lines
from moderation.policy import Outcome

ODD = {
    "empty": "",
    "emoji": "🍁" * 5_000,
    "one line": "落叶 leaf " * 100_000,
    "lone surrogate": "a\ud800b",
    "control characters": "a\x00\x07b",
    "mixed scripts": "Ｉ ｌｏｖｅ 北京 و القاهرة и Москва",
    "spaced": "k i l l " * 500,
    "masked": "f*" * 2_000,
    "dots": "加.微.信." * 700,
    "combining": "e\u0301\u0327" * 2_000,
}


def answers(*lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    judge_lines(io.StringIO("\n".join(lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_in_its_own_words() -> None:
    first, second = answers(
        json.dumps({"id": "a", "text": "Immigrants are vermin and should be wiped out."}),
        json.dumps({"id": "b", "text": "今天的银杏很美", "lang": "en"}),
    )
    assert first["id"] == "a"
    assert first["action"] in ("review", "reject")
    assert max(first["labels"], key=first["labels"].get) == "hate"
    assert first["language"] == "en"
    assert second == {"id": "b", "action": "allow", "labels": {}, "language": "zh"}


def test_every_outcome_has_an_action() -> None:
    assert set(ACTIONS) == set(Outcome)


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"text": 5}', '{"id": 1}', "[" * 5_000])
def test_a_line_that_cannot_be_read_is_named_and_the_next_one_judged(line: str) -> None:
    refused, judged = answers(line, '{"id": 2, "text": "tea"}')
    assert refused["error"]
    assert refused["line"] == 1
    assert judged["id"] == 2


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_are_judged_like_any(text: str) -> None:
    (answer,) = answers(json.dumps({"id": 1, "text": text}))
    assert answer["action"] in ACTIONS.values()
