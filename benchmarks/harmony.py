"""python benchmarks/harmony.py [--people N] [--days N] [--seeds N] [--only NAME ...]

Two communities read for a month, once under each ranking. Redleaf's uses the same scoring, slates
and bridging as its feeds do; the others are what feeds elsewhere do. Prints, after ten days of
warming up, the shares of what was shown, how it was received, and the same by language.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

if __package__ in (None, ""):  # started as a file
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.harmony_rankings import RANKINGS, Log
from benchmarks.harmony_world import CONSTRUCTIVE, DIVISIVE, SHARES, Ids, Scenario, World, sigmoid
from feeds.scoring import DEFAULT_WEIGHTS

PLACES, VISITS = 6, 4  # notes a page, pages a day
KEPT_DAYS = 3
Figures = dict[str, float]
SCENARIOS = {
    "equal communities": Scenario(),
    "a 15 % minority": Scenario(minority=0.15),
    "a 15 % minority, 5 % of the majority brigading": Scenario(minority=0.15, brigade=0.05),
}


def live(world: World, name: str, weights: Mapping[str, float]) -> tuple[Log, list[float]]:
    """Let the world read under this ranking; return the log and the share who came each day."""
    log, scenario = Log(world, weights), world.scenario
    coming = np.full(scenario.people, 0.77)
    came = []
    for day in range(scenario.days):
        active = np.flatnonzero(world.rng.random(scenario.people) < coming)
        came.append(len(active) / scenario.people)
        worth, shown = np.zeros(scenario.people), np.zeros(scenario.people)
        for visit in range(VISITS):
            now = day + (visit + 1) / VISITS
            there = np.flatnonzero((world.moment < now) & (world.day > day - KEPT_DAYS))
            readers, notes = RANKINGS[name](log, active, there, now, PLACES)
            reaction = world.react(readers, notes)
            log.add(readers, notes, reaction, day)
            np.add.at(worth, readers, reaction.worth)
            np.add.at(shown, readers, 1)
            if name == "redleaf":  # the others learn nothing but what they count
                log.learn(now)
        again = np.maximum(0.3, sigmoid(1.2 + 1.1 * worth / np.maximum(shown, 1)))
        coming = np.where(shown > 0, again, coming * 0.98 + 0.02 * 0.77)
    return log, came


def figures(world: World, log: Log, came: list[float]) -> Figures:
    """What is held against the bars."""
    days = world.scenario.days
    shown = log.after(days // 3)
    notes, readers = shown.notes, shown.readers
    a_day = PLACES * VISITS * float(np.mean(came[-10:]))
    first = np.bincount(log.all().notes, minlength=len(world.day))[world.day < days - KEPT_DAYS]
    found = {
        **quality(world, notes),
        "likes a day": a_day * float(shown.liked.mean()),
        "engagements a day": a_day
        * float(shown.opened.mean() + shown.liked.mean() + shown.commented.mean()),
        "dislikes per 1000": 1000 * float(shown.disliked.mean()),
        "came": float(np.mean(came[-10:])),
        "notes with 20 readers": float((first >= 20).mean()),
        "good of the minority": good_share(world, notes),
    }
    for community, language in enumerate(("zh", "en")):
        for key, value in quality(world, notes[world.community[readers] == community]).items():
            found[f"{key}, {language}"] = value
    return found


def quality(world: World, notes: Ids) -> Figures:
    """What was shown, one entry each time: the figures that languages are compared by."""
    kind = world.kind[notes]
    return {
        "divisive": float((kind == DIVISIVE).mean()),
        "constructive x supply": float((kind == CONSTRUCTIVE).mean()) / SHARES[CONSTRUCTIVE],
        "lowest approval": float(lowest_approval(world)[notes].mean()),
    }


def lowest_approval(world: World) -> np.ndarray:
    """The true rate of likes in the community that likes a note less."""
    level, tilt = -2.2 + 0.45 + 1.1 * world.quality, 2.2 * 0.7 * world.polarity
    return np.minimum(sigmoid(level + tilt), sigmoid(level - tilt))


def good_share(world: World, notes: Ids) -> float:
    """Share of what is shown that community 0 wrote well, against its share of what is written."""
    good = (world.note_community == 0) & (world.quality > 0.2) & (world.kind != DIVISIVE)
    late = world.day >= world.scenario.days // 3
    return float(good[notes].mean() / good[late].mean())


def measure(name: str, scenario: Scenario, seeds: int, weights: Mapping[str, float]) -> Figures:
    each = []
    for seed in range(seeds):
        world = World(scenario, seed)
        each.append(figures(world, *live(world, name, weights)))
    return {key: float(np.mean([figure[key] for figure in each])) for key in each[0]}


def report(title: str, found: dict[str, Figures]) -> None:
    print(f"\n{title}\n{'':26}" + "".join(f"{name:>15}" for name in found))
    for key in next(iter(found.values())):
        print(f"{key:26}" + "".join(f"{figure[key]:15.3f}" for figure in found.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=[*RANKINGS], default=[*RANKINGS])
    parser.add_argument("--weight", nargs="*", default=[], help="term=value, to try another one")
    parser.add_argument("--scenarios", nargs="*", type=int, default=[*range(len(SCENARIOS))])
    asked = parser.parse_args()
    weights = dict(DEFAULT_WEIGHTS)
    weights |= {term: float(value) for term, value in (w.split("=") for w in asked.weight)}
    for title, base in [list(SCENARIOS.items())[n] for n in asked.scenarios]:
        scenario = Scenario(asked.people, asked.days, base.minority, base.brigade)
        report(title, {name: measure(name, scenario, asked.seeds, weights) for name in asked.only})
        sys.stdout.flush()


if __name__ == "__main__":
    main()
