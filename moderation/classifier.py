"""The trained text model: how likely a text breaks a rule, learnt from labelled examples.

Linear over the hashed features of `moderation.features`; one head says whether a text is harmful,
one more for each rule says which rule that would be. Where that is not plain, a small network looks
at the answer and at what the passage means (`moderation.encoder`). Slopes are calibrated in each
language (Platt, 1999), and a half means the same share of everyday texts in each. See
models/README.md.
"""

import json
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from moderation.encoder import load_encoder
from moderation.features import MOST_TELLING, Buckets, Weights, features, passage, telling_symbols
from moderation.reading import Reading
from moderation.shape import ASK, BORDERS, STOP, load_alphabet
from moderation.submission import Evidence
from moderation.text import HAN, is_chinese

logger = logging.getLogger(__name__)

_READ = re.compile(f"[a-z{HAN}]")

MODEL = Path(__file__).parent / "models" / "text.npz"
# Symbols of a long text and words of its chunks, of which there are hardly more than MANY_CHUNKS.
# Each ends with its sentence, or is cut when that is endless; calm words beside harm would hide it.
LONG, CHUNK, MANY_CHUNKS, ENDLESS = 50, 5, 40, 40
FAINT = 0.4  # weaker evidence is noise
# Logits of the n-grams between which the network looks too: outside it would agree.
HARMLESS, HARMFUL = -2.0, 1.4
MOST_LOOKS = 3  # passages of one text that the network looks at
# No text is removed on the model's word alone: at most it is held for a person, and what looks
# like an advertisement costs reach.
SUREST, SUREST_OF = 0.91, {"spam_scam": 0.73}
# Addresses alone look like advertisements to it, and of what is true it knows nothing.
DOUBTED = {"spam_scam": 0.85, "misinformation": 0.7}
# What the model's word is worth where words stand so that harm is taken out of them: too little for
# any outcome, unless it is sure of hatred; more where an attack is quoted or reported, which often
# approves of it.
PARDONED, EXCUSED = 0.65, 0.75
UNAIMED = 0.69  # an attack on nobody is held for nobody
NO_MODEL = "without model"
UNREADABLE = (OSError, EOFError, ValueError, KeyError, RuntimeError, BadZipFile, zlib.error)
NAMED = 0.5  # what the likeliest rule counts beside harm at large, which rants look like
MOST_LOGIT = 8.0  # a text is no more harmful than that to the network
ATTACKS = frozenset(["hate", "harassment"])
# How words can stand that take harm out of them.
EXCUSES, NONE = frozenset(["negated", "quoted", "reported", "countered"]), frozenset[str]()
EXCUSES_OF = dict.fromkeys(ATTACKS, EXCUSES | {"answered"}) | {
    "violence_threat": EXCUSES, "self_harm": EXCUSES, "misinformation": frozenset(["countered"]),
}  # fmt: skip
NOBODY = 0.5  # what a missing target takes from the logit of an attack
GROUPS = ("group", "member", "identity", "slur", "slight", "they")
PERSONS = (
    *GROUPS, "you", "your", "anyone",
    "insult", "curse", "retort", "diewish", "pileon", "camp", "campslur",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer over the vector of a passage and the logit of its n-grams."""

    hidden: Weights
    hidden_bias: Weights
    out: Weights
    out_bias: Weights

    def logits(self, vector: Weights, linear: float) -> Weights:
        """How harmful it looks now, and how much as each rule has it."""
        seen = np.append(vector, np.float32(min(max(linear, -MOST_LOGIT), MOST_LOGIT)))
        units = np.maximum(seen @ self.hidden + self.hidden_bias, 0)
        return np.asarray(units @ self.out + self.out_bias)


@dataclass(frozen=True, slots=True)
class Classifier:
    """Buckets kept, sorted; a row of weights for each; the first head is harm."""

    buckets: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.int8]
    scale: Weights
    bias: Weights
    network: Network
    about: dict[str, Any]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model file. Raises one of UNREADABLE when it is missing or broken."""
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            buckets = np.cumsum(file["steps"], dtype=np.uint32)
            if any(np.size(at) != len(about["rules"]) for _, at in about["calibration"].values()):
                raise ValueError(f"{path}: its calibration is of another version")
            network = Network(*(file[f.name].astype(np.float32) for f in fields(Network)))
            return cls(buckets, file["weights"], file["scale"], file["bias"], network, about)

    @property
    def version(self) -> str:
        return f"text-{self.about['version']}"

    def looked_at(self, text: str, linear: float) -> Weights:
        """The logits of a doubtful passage by its meaning."""
        logits = self.network.logits(load_encoder().encode(text), linear)
        logits[0] += NAMED * (logits[1:].max() - logits[0])
        return logits

    def logits(self, buckets: Buckets, weights: Weights) -> Weights:
        """One number a head, not calibrated: what the n-grams say."""
        order = np.argsort(buckets)  # neighbours are looked up faster
        buckets, weights = buckets[order], weights[order]
        at = np.minimum(np.searchsorted(self.buckets, buckets), len(self.buckets) - 1)
        known = self.buckets[at] == buckets
        sums = weights[known] @ self.weights[at[known]].astype(np.float32)
        logits: Weights = sums * self.scale + self.bias
        return logits

    def passages(self, reading: Reading) -> list[tuple[tuple[int, int], Weights]]:
        """Each passage, and its logits: by its meaning where that is worth a look."""
        places = list(passages(reading))
        heads = [self.logits(*features(reading, *place)) for place in places]
        for at in most_doubtful(reading, places, [float(logits[0]) for logits in heads]):
            words = passage(reading, *places[at])[0]
            heads[at] = self.looked_at(words, float(heads[at][0]))
        return list(zip(places, heads, strict=True))

    def chances(
        self, logits: Weights, language: str, without_target: frozenset[str]
    ) -> dict[str, float]:
        """The chance that each rule is broken; the likeliest rule carries the chance of harm.

        An attack needs people: one on nobody, a rule `without_target`, is much less likely.
        """
        slope, shifts = self.about["calibration"][language]
        likeliest = int(logits[1:].argmax())
        shift = shifts[likeliest]
        if self.about["rules"][likeliest] in without_target:
            shift -= slope * NOBODY
        harm = 1 / (1 + np.exp(-(slope * float(logits[0]) + shift)))
        likeness = np.exp(logits[1:] - logits[1:].max())
        return dict(zip(self.about["rules"], (harm * likeness).tolist(), strict=True))


@cache
def load_classifier() -> Classifier | None:
    """The model that Redleaf ships; None when a file of it is missing or broken.

    Rules alone judge then, and `version` says so to whoever reads a verdict or asks for health.
    """
    try:
        load_encoder()
        return Classifier.load(MODEL)
    except UNREADABLE:
        logger.exception("the text model cannot be read: rules alone judge")
        return None


def use(path: Path) -> None:
    """Judge with another model file from now on."""
    global MODEL
    MODEL = path
    load_classifier.cache_clear()


def version() -> str:
    """The version of the model, or that there is none."""
    model = load_classifier()
    return model.version if model else NO_MODEL


def classified(reading: Reading) -> Iterator[Evidence]:
    """What the model thinks of the text as a whole and, of a long one, of each passage."""
    model, text = load_classifier(), reading.folded.text
    if model is None or not any(map(str.isalpha, text)):
        return
    language = "zh" if is_chinese(text) else "en"
    for (first, last), logits in model.passages(reading):
        stands, symbols = standings(reading, first, last), reading.shape.symbols[first:last]
        unaimed = without_target(symbols)
        most = dict.fromkeys(unaimed, UNAIMED)
        chances = model.chances(logits, language, unaimed)
        if max(chances.values()) < FAINT:
            continue
        span = reading.folded.span(*reading.shape.span(first, last))
        praised = load_alphabet().found("praise", symbols)
        cloaked = is_cloaked(reading, first, last)
        for rule, chance in chances.items():
            score = min(chance, SUREST_OF.get(rule, SUREST))
            score *= DOUBTED.get(rule, 1.0)
            if is_excused(rule, stands, praised=praised, cloaked=cloaked):
                score *= excused(rule, stands)
            score = min(score, most.get(rule, 1.0))
            if score >= FAINT:
                yield Evidence(rule, round(score, 3), *span, "model")


def most_doubtful(
    reading: Reading, places: list[tuple[int, int]], logits: list[float]
) -> list[int]:
    """Which passages the network looks at: of the doubtful ones those that look worst."""
    doubtful = [
        at
        for at, place in enumerate(places)
        if is_doubtful(logits[at], passage(reading, *place)[0])
    ]
    return sorted(doubtful, key=lambda at: -logits[at])[:MOST_LOOKS]


def is_doubtful(logit: float, words: str) -> bool:
    """Whether n-grams leave it open, and most letters are of languages that the encoder reads."""
    if not HARMLESS < logit < HARMFUL:
        return False
    return 2 * len(_READ.findall(words)) > sum(map(str.isalpha, words))


def standings(reading: Reading, first: int, last: int) -> list[set[str]]:
    """How each telling word of a passage stands."""
    places = islice(telling_places(reading, first, last), MOST_TELLING)
    return [set(reading.stand.scopes(at, at + 1)) for at in places]


def telling_places(reading: Reading, first: int, last: int) -> Iterator[int]:
    """Where the telling words of a passage stand."""
    telling, symbols = telling_symbols(), reading.shape.symbols
    return (at for at in range(first, last) if symbols[at] in telling)


def is_excused(
    rule: str, stands: list[set[str]], *, praised: bool = False, cloaked: bool = False
) -> bool:
    """Whether every telling word is denied, quoted, reported or answered, and that is no cloak; or
    nothing tells against anybody and something is said in their favour; or somebody speaks of harm
    to themselves, who needs help and no punishment."""
    if rule == "self_harm" and any("own" in stand for stand in stands):
        return True
    if not stands:
        return praised and rule in ATTACKS
    if cloaked and not praised:
        return False
    return all(EXCUSES_OF.get(rule, NONE) & stand for stand in stands)


def excused(rule: str, stands: list[set[str]]) -> float:
    """What the model's word is worth of a passage that is excused: least where all is denied."""
    is_denied = bool(stands) and all("negated" in stand for stand in stands)
    return PARDONED if is_denied or rule not in ATTACKS else EXCUSED


def is_cloaked(reading: Reading, first: int, last: int) -> bool:
    """Whether the last telling word is denied, and "but" and people follow: "nobody says so, but
    they ..."."""
    symbols, stand, people = reading.shape.symbols, reading.stand, _symbols_of(PERSONS)
    told = max(telling_places(reading, first, last), default=last)
    named = max((at for at in range(told + 1, last) if symbols[at] in people), default=None)
    if named is None or not stand.is_turned(told, named + 1):
        return False
    return "negated" in stand.scopes(told, told + 1)


def without_target(symbols: str) -> frozenset[str]:
    """The rules about attacks on people that nobody is there for: hatred needs a group, if only
    pointed at."""
    if _symbols_of(PERSONS).isdisjoint(symbols):
        return ATTACKS
    return frozenset(["hate"] if _symbols_of(GROUPS).isdisjoint(symbols) else [])


@cache
def _symbols_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset("".join(load_alphabet().letters(name) for name in names))


def passages(reading: Reading) -> Iterator[tuple[int, int]]:
    """Ranges of symbols: everything, or chunks of whole sentences when there is much of it."""
    symbols = reading.shape.symbols
    if len(symbols) <= LONG:
        if symbols:
            yield 0, len(symbols)
        return
    left = sum(symbol not in BORDERS for symbol in symbols)
    first, words, chunk = 0, 0, max(CHUNK, left // MANY_CHUNKS)
    for at, symbol in enumerate(symbols, 1):
        words += symbol not in BORDERS
        ends = symbol in (STOP, ASK) and min(words, left - words) >= chunk
        if ends or words >= max(ENDLESS, 2 * chunk) or at == len(symbols):
            yield first, at
            left -= words
            first, words = at, 0
