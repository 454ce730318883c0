"""The bridging score: what both sides like, on made-up votes, and its command from file to file."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from benchmarks.conversations import Conversation, error_of_kept_back, made_up, marks
from feeds.learning.bridging import Reactions, Usual, bridge, mean_size, reactions

LIKED_BY_ALL, QUARREL, DISLIKED, LOVED_BY_MANY = range(4)


def two_camps(minority: float = 0.5, people: int = 300, seed: int = 3) -> Reactions:
    """Note 0 pleases both camps, 1 divides them, 2 pleases nobody, 3 only the larger camp."""
    rng = np.random.default_rng(seed)
    camp = rng.random(people) < minority
    chances = np.where(camp[:, None], [0.8, 0.95, 0.1, 0.1], [0.8, 0.05, 0.1, 0.95])
    # More of what divides, so that there is an axis to be found.
    chances = np.hstack([chances, np.where(camp[:, None], 0.9, 0.1) * np.ones((1, 8))])
    readers, notes = np.nonzero(rng.random(chances.shape) < 0.6)
    values = (rng.random(len(readers)) < chances[readers, notes]).astype(float)
    return reactions(readers, notes, values, chances.shape)


def test_what_both_camps_like_comes_before_what_divides_them() -> None:
    score = bridge(two_camps()).score
    assert score[LIKED_BY_ALL] > 0.5
    assert score[LIKED_BY_ALL] > score[QUARREL] + 0.3


def test_the_taste_of_a_majority_is_not_that_of_all() -> None:
    known = two_camps(minority=0.15)
    found = bridge(known)
    likes = np.bincount(known.notes, known.values) / np.bincount(known.notes)
    assert likes[LOVED_BY_MANY] > likes[LIKED_BY_ALL]
    assert found.score[LOVED_BY_MANY] < found.score[LIKED_BY_ALL]


def test_the_camps_are_found_without_being_named() -> None:
    left, right = bridge(two_camps()).sides
    assert abs(left[QUARREL] - right[QUARREL]) > 0.5
    assert abs(left[LIKED_BY_ALL] - right[LIKED_BY_ALL]) < 0.3


def test_earlier_places_of_readers_keep_the_axis_the_same_way_round() -> None:
    known = two_camps()
    first = bridge(known)
    again = bridge(known, start=first.readers.slope)
    assert np.corrcoef(first.readers.slope, again.readers.slope)[0, 1] > 0.99


def test_a_note_nobody_knows_stands_at_the_mean_less_what_is_usual() -> None:
    known = two_camps()
    wider = Reactions(known.readers, known.notes, known.values, known.weights, (300, 13))
    found = bridge(wider)
    assert found.notes.height[12] == pytest.approx(found.spread.mean, abs=0.02)
    assert found.score[12] < found.score[LIKED_BY_ALL]


def test_no_reactions_and_one_reaction_are_no_error() -> None:
    empty = np.array([], np.int64)
    assert np.isfinite(bridge(reactions(empty, empty, np.array([]), (2, 3))).score).all()
    one = np.array([0])
    assert np.isfinite(bridge(reactions(one, one, np.array([1.0]), (1, 1))).score).all()


def test_light_reactions_count_less() -> None:
    known = two_camps()
    light = Reactions(
        known.readers, known.notes, known.values,
        np.where(known.notes == LIKED_BY_ALL, 0.01, 1.0), known.shape,
    )  # fmt: skip
    assert bridge(light).notes.height[0] < bridge(known).notes.height[0]


def test_the_mean_size_of_a_normal_number() -> None:
    sample = np.random.default_rng(1).normal(0.4, 0.7, 400_000)
    assert mean_size(np.array([0.4]), np.array([0.49]))[0] == pytest.approx(
        np.abs(sample).mean(), abs=0.005
    )


def test_marks_by_hand() -> None:
    approval = np.array([[0.9, 0.9, 0.2, np.nan], [0.8, 0.1, 0.3, 0.5]])
    low, divisive, spearman = marks(np.array([3.0, 2.0, 1.0, 9.0]), approval, best=2)
    assert low == pytest.approx(0.45)
    assert divisive == 0.5
    assert spearman == pytest.approx(0.5)


def test_on_made_up_conversations_the_score_beats_the_share_of_likes() -> None:
    rng = np.random.default_rng(5)
    who, what = np.nonzero(rng.random((300, 60)) < 0.15)
    like = Conversation(who, what, np.zeros(len(who)), (300, 60))
    ours, plain = [], []
    for seed in range(12):
        votes, truth = made_up(like, seed)
        ours.append(marks(votes.bridged(0.2, Usual()).score, truth))
        agreed = np.bincount(votes.comments, votes.votes == 1, 60)
        plain.append(marks((agreed + 1) / (np.bincount(votes.comments, minlength=60) + 2), truth))
    assert np.mean([m[2] for m in ours]) > np.mean([m[2] for m in plain])
    assert np.mean([m[1] for m in ours]) < np.mean([m[1] for m in plain])
    assert error_of_kept_back(votes, 0.2, Usual(), 1) < 0.25


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    known = two_camps()
    path = tmp_path / "votes"
    lines = [
        f"tea\t{reader}\tn{note}\t{1 if value else -1}\n"
        for reader, note, value in zip(known.readers, known.notes, known.values, strict=True)
    ]
    path.write_text("".join(lines) + "quiet talk\tx\tonly\t0\n")
    return path


def test_the_command_scores_every_comment_of_every_conversation(votes: Path) -> None:
    out, said = votes.with_name("out"), StringIO()
    call_command("evaluate_bridging", votes, out, stdout=said)
    rows = [line.split("\t") for line in out.read_text().splitlines()]
    scores = {comment: float(score) for name, comment, score in rows if name == "tea"}
    assert len(scores) == 12
    assert scores["n0"] > scores["n1"]
    assert [row[:2] for row in rows if row[0] == "quiet talk"] == [["quiet talk", "only"]]
    assert "2 conversations" in said.getvalue()


@pytest.mark.parametrize("line", ["tea\t1\tn1\t2\n", "tea\t1\n", "tea\t1\tn1\tyes\n"])
def test_a_bad_line_is_named(votes: Path, line: str) -> None:
    votes.write_text("tea\t1\tn1\t1\n" + line)
    with pytest.raises(CommandError, match=":2:"):
        call_command("evaluate_bridging", votes, votes.with_name("out"))
