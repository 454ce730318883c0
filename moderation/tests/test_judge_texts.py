"""`manage.py judge_texts` answers every line, whatever it holds."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from moderation.management.commands.judge_texts import ACTIONS, as_text, judge_lines
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


@pytest.mark.parametrize(
    "damaged",
    [b"\xff\xfe", b"\xe7\xba", b"\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"],
    ids=["byte order", "half a character", "no beginning", "surrogate", "too far"],
)
def test_bytes_that_are_no_text_end_nothing(damaged: bytes) -> None:
    rows = b'{"id": 1, "text": "tea ' + damaged + b'"}\n{"id": 2, "text": "\xe8\x8c\xb6"}\n'
    out = io.StringIO()
    judge_lines(as_text(io.BytesIO(rows)), out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(row["id"], row["action"]) for row in told] == [(1, "allow"), (2, "allow")]
    assert told[1]["language"] == "zh"


def test_every_answer_can_be_written_wherever_it_goes() -> None:
    out = io.StringIO()
    judge_lines(io.StringIO('{"id": "a\\ud800", "text": "tea"}\n{"id": "茶", "text": "x"}'), out)
    assert out.getvalue().isascii()
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["a\ud800", "茶"]


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\x0c", "\r"])
def test_only_the_end_of_a_line_ends_a_line(separator: str) -> None:
    row = json.dumps({"id": 1, "text": f"tea{separator}and cake"}, ensure_ascii=False)
    out = io.StringIO()
    judge_lines(as_text(io.BytesIO(row.encode().replace(b"\r", b"\\r"))), out)
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [1]


def test_empty_lines_are_passed_over_and_counted() -> None:
    refused, judged = answers("", "  ", "{", "", '{"id": 9, "text": "tea"}')
    assert refused["line"] == 3
    assert judged["id"] == 9


@pytest.mark.parametrize("language", [None, "", "zh", "xx", 7, ["en"], {"a": 1}])
def test_a_language_that_is_wrong_or_missing_changes_nothing(language: object) -> None:
    (answer,) = answers(json.dumps({"id": 1, "text": "The leaves are red.", "lang": language}))
    assert (answer["action"], answer["language"]) == ("allow", "en")
