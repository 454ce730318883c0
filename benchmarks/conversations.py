"""Conversations to choose constants by: votes kept back, and made-up votes whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from feeds.learning.bridging import Bridging, Floats, Ids, Usual, bridge, reactions

Marks = tuple[float, float, float]
SHARE_KEPT_BACK = 0.25
FEWEST = 6  # votes on a comment before anything is said about it


@dataclass(frozen=True, slots=True)
class Conversation:
    """Votes: 1 agree, 0.5 pass, 0 disagree; of participants and comments counted from 0."""

    participants: Ids
    comments: Ids
    votes: Floats
    shape: tuple[int, int]

    def bridged(self, shrug: float, usual: Usual) -> Bridging:
        values = np.where(self.votes == 0.5, shrug, self.votes)
        return bridge(reactions(self.participants, self.comments, values, self.shape), usual=usual)


def read(path: Path) -> list[Conversation]:
    """`conversation<TAB>participant<TAB>comment<TAB>vote` a line, votes 1, 0 and -1."""
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    found = []
    for name in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == name]
        people, who = np.unique([row[1] for row in mine], return_inverse=True)
        comments, what = np.unique([row[2] for row in mine], return_inverse=True)
        votes = (np.array([int(row[3]) for row in mine]) + 1) / 2
        found.append(Conversation(who, what, votes, (len(people), len(comments))))
    return found


def error_of_kept_back(votes: Conversation, shrug: float, usual: Usual, seed: int) -> float:
    """Mean squared error on a quarter of the votes that the fit has not seen."""
    hidden = np.random.default_rng(seed).random(len(votes.votes)) < SHARE_KEPT_BACK
    seen = Conversation(
        votes.participants[~hidden], votes.comments[~hidden], votes.votes[~hidden], votes.shape
    )
    found = seen.bridged(shrug, usual)
    who, what = votes.participants[hidden], votes.comments[hidden]
    expected = found.notes.height[what] + found.readers.height[who]
    expected += found.readers.slope[who] * found.notes.slope[what]
    values = np.where(votes.votes == 0.5, shrug, votes.votes)[hidden]
    return float(((values - expected) ** 2).mean())


def made_up(like: Conversation, seed: int) -> tuple[Conversation, Floats]:
    """Other votes by the same people on the same comments, and the true approval by group.

    Two or three groups of unequal size, more or less far apart; NaN where too few voted.
    """
    rng = np.random.default_rng(seed)
    people, comments = like.shape
    groups = 2 if rng.random() < 0.7 else 3
    group = rng.choice(groups, people, p=rng.dirichlet(np.full(groups, 4.0)))
    places = rng.normal(0, 1, (groups, 2)) * [1.3, 0.5] * np.exp(rng.uniform(-0.7, 1.1))
    person = places[group] + rng.normal(0, 0.4, (people, 2))
    slopes = rng.normal(0, 1, (comments, 2)) * rng.gamma(1.2, 1.3, (comments, 1))
    level = rng.normal(0.3, 1.1, comments) + rng.normal(0, 0.4, (people, 1))
    passes = 1 / (1 + np.exp(-rng.normal(-1.7, 0.7, comments)))
    agree = (1 - passes) / (1 + np.exp(-(level + person @ slopes.T)))
    votes = _cast(like, agree, passes, rng)
    return votes, _truth(like, agree, group)


def _cast(
    like: Conversation, agree: Floats, passes: Floats, rng: np.random.Generator
) -> Conversation:
    drawn = rng.random(len(like.votes))
    votes = (drawn < agree[like.participants, like.comments]).astype(float)
    votes[drawn > 1 - passes[like.comments]] = 0.5
    return Conversation(like.participants, like.comments, votes, like.shape)


def _truth(like: Conversation, agree: Floats, group: Ids) -> Floats:
    active = np.bincount(like.participants, minlength=like.shape[0]).astype(float)
    present = [g for g in np.unique(group) if active[group == g].sum()]
    truth = np.stack(
        [np.average(agree[group == g], axis=0, weights=active[group == g]) for g in present]
    )
    truth[:, np.bincount(like.comments, minlength=like.shape[1]) < FEWEST] = np.nan
    return truth


def marks(score: Floats, approval: Floats, best: int = 10) -> Marks:
    """minapp@10, divisive@10 and Spearman of a score against the approval by group."""
    lowest, gap = approval.min(axis=0), approval.max(axis=0) - approval.min(axis=0)
    known = ~np.isnan(lowest)
    score, lowest, gap = score[known], lowest[known], gap[known]
    top = np.argsort(-score, kind="stable")[:best]
    order = [np.argsort(np.argsort(each, kind="stable")) for each in (score, lowest)]
    spearman = float(np.corrcoef(order[0], order[1])[0, 1])
    return float(lowest[top].mean()), float((gap[top] >= 0.4).mean()), spearman
