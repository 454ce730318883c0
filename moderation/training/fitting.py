"""Fits the text model: which n-grams are kept, what they weigh, how sure a score is."""

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression, SGDClassifier

from moderation.classifier import Classifier, Network, passages
from moderation.encoder import load_encoder
from moderation.features import Buckets, features, passage
from moderation.reading import Reading, read
from moderation.rulebook import RULE_IDS
from moderation.submission import Submission
from moderation.text import is_chinese
from moderation.training.deepening import FOLDS, deepen, unseen
from moderation.training.examples import HELD_BACK, Example, is_held_back

LEAST_TEXTS = 4  # an n-gram is kept that stands in as many
KEPT = 110_000  # n-grams with the largest weights; three times as many judge no better
PENALTY, PASSES = 6e-6, 8
# What an example weighs: labels by rule of thumb less, everyday texts more, since they are few
# here and most of what people write. Chinese rows of other people's are fewer than English ones.
LABELLED, WEAK = {"en": 1.0, "zh": 2.0}, {"en": 0.12, "zh": 1.2}
GRAMMAR, PAIRS, EVERYDAY = 0.6, 2.0, 4.0
# The logit that is worth one half, by language and by the likeliest rule: where about the same
# share of everyday reviews and posts (1 to 1.5 %) would be found in error. Rules that are never
# found there may be found sooner, as long as the project's own harmless texts are published.
EVEN = {
    "en": {
        "hate": -0.5, "harassment": -0.4, "violence_threat": 0.55, "sexual": 0.1,
        "self_harm": 0.0, "illegal_goods": -0.4, "spam_scam": -0.6, "misinformation": -0.8,
        "antagonism": -0.8,
    },
    "zh": {
        "hate": 0.25, "harassment": -0.6, "violence_threat": -0.4, "sexual": 0.1,
        "self_harm": 0.0, "illegal_goods": -0.4, "spam_scam": -0.8, "misinformation": -0.3,
        "antagonism": -0.9,
    },
}  # fmt: skip

Floats = npt.NDArray[np.float32]
Rows = list[tuple[Buckets, Floats]]
Matrix = Any  # scipy's sparse matrices have no types
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Head:
    """A linear function of the kept n-grams."""

    weights: Floats
    bias: float


def fit(examples: Sequence[Example], about: dict[str, Any]) -> Classifier:
    """The model of these examples; the same examples give the same model."""
    rules = list(RULE_IDS)
    parts, rows, vectors = as_numbers(examples)
    buckets, matrix = as_matrix(rows)
    rarity = _rarity(matrix)
    matrix @= diags(rarity)
    back = np.array([is_held_back(e) for e in parts])
    taught = [e for e, is_back in zip(parts, back, strict=True) if not is_back]
    heads = _heads(matrix[~back], taught, rules)
    network = _network(matrix[~back], vectors[~back], taught, rules)
    heads = [Head(head.weights * rarity, head.bias) for head in heads]
    model = _packed(buckets, heads, network, about | {"rules": rules, "calibration": {}})
    kept_back = [e for e in examples if is_held_back(e) and not e.source.startswith("grammar")]
    model.about["calibration"].update(_calibration(model, kept_back))
    return model


def save(model: Classifier, path: Path) -> None:
    """Write the model; steps between sorted buckets compress better than buckets."""
    steps = np.diff(model.buckets, prepend=np.uint32(0)).astype(np.uint32)
    np.savez_compressed(
        path,
        steps=steps,
        weights=model.weights,
        scale=model.scale,
        bias=model.bias,
        **{name: part.astype(np.float16) for name, part in asdict(model.network).items()},
        about=np.array(json.dumps(model.about, ensure_ascii=False)),
    )


def as_numbers(
    examples: Iterable[Example],
) -> tuple[list[Example], Rows, npt.NDArray[np.float16]]:
    """What is learnt from each example: its n-grams and, a row each, the vector of its meaning.

    A long one that is harmless is many: every passage of it is harmless, as it will be judged.
    Which passage of a harmful one is not, nobody says: that one stays whole.
    """
    encoder, parts, rows, vectors = load_encoder(), [], [], []
    for e in examples:
        reading = read(Submission("note", e.text, e.language))
        whole = [(0, len(reading.shape.symbols))] if reading.shape.symbols else []
        for first, last in whole if e.rules else passages(reading):
            parts.append(e)
            rows.append(features(reading, first, last))
            vectors.append(encoder.encode(passage(reading, first, last)[0]).astype(np.float16))
    return parts, rows, np.stack(vectors)


def as_matrix(rows: Rows) -> tuple[Buckets, Matrix]:
    """The n-grams that stand in enough texts, and a row of weights for every text."""
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    columns = np.concatenate([buckets for buckets, _ in rows])
    data = np.concatenate([weights for _, weights in rows])
    seen, counts = np.unique(columns, return_counts=True)
    kept = seen[counts >= LEAST_TEXTS]
    at = np.minimum(np.searchsorted(kept, columns), len(kept) - 1)
    known = kept[at] == columns
    ends = np.concatenate([[0], np.cumsum(known)])[ends]
    return kept, csr_matrix((data[known], at[known], ends), shape=(len(rows), len(kept)))


def _rarity(matrix: Matrix) -> Floats:
    """What each n-gram counts: the more, the fewer texts it stands in (Spärck Jones, 1972)."""
    many, texts = matrix.shape[0], matrix.getnnz(axis=0)
    rarity = np.log((1 + many) / (1 + texts)) + 1
    return np.asarray(rarity / rarity.mean(), np.float32)


def _heads(matrix: Matrix, examples: Sequence[Example], rules: list[str]) -> list[Head]:
    """The head of harm, and of each rule among what is harmful."""
    harmful = np.array([bool(e.rules) for e in examples])
    weights = np.array([_weight(e) for e in examples])
    heads = [_head(matrix, harmful, weights)]
    among, weights = matrix[harmful], weights[harmful]
    broken = [e.rules for e in examples if e.rules]
    for rule in rules:
        heads.append(_head(among, np.array([rule in some for some in broken]), weights))
    return heads


def _network(
    matrix: Matrix,
    vectors: npt.NDArray[np.float16],
    examples: Sequence[Example],
    rules: list[str],
) -> Network:
    """The network of what the head of harm says of texts it has not seen."""
    broken = np.array([[rule in e.rules for rule in rules] for e in examples])
    harmful = np.array([bool(e.rules) for e in examples])
    weights = np.array([_weight(e) for e in examples])

    def fitted(*taught: Any) -> Callable[[Matrix], Floats]:
        head = _head(*taught)
        return lambda rows: np.asarray(rows @ head.weights + head.bias, np.float32)

    # Passages of one text stand in one fold.
    folds = np.array([zlib.crc32(e.text.encode()) // HELD_BACK % FOLDS for e in examples])
    logits = unseen(matrix, harmful, weights, folds, fitted)
    return deepen(vectors, logits, np.column_stack([harmful, broken]), weights)


def _weight(example: Example) -> float:
    if example.source == "everyday":
        return EVERYDAY
    if example.source.startswith("grammar"):
        return EVERYDAY if example.source.endswith("everyday") else GRAMMAR
    if example.source.startswith("pairs"):
        return PAIRS
    return (WEAK if example.weak else LABELLED)[example.language]


def _head(matrix: Matrix, flags: Flags, weights: npt.NDArray[np.float64]) -> Head:
    """Logistic regression by averaged stochastic gradient descent."""
    learner = SGDClassifier(
        "log_loss", alpha=PENALTY, max_iter=PASSES, tol=None, average=True, random_state=1
    )
    learner.fit(matrix, flags, sample_weight=weights)
    return Head(learner.coef_[0].astype(np.float32), float(learner.intercept_[0]))


def _packed(
    buckets: npt.NDArray[np.uint32], heads: list[Head], network: Network, about: dict[str, Any]
) -> Classifier:
    """Only the n-grams that matter, their weights in a byte each."""
    table = np.stack([head.weights for head in heads], axis=1)
    scale = np.abs(table).max(axis=0) / 127
    matters = np.abs(table / scale).max(axis=1)
    kept = np.sort(np.argsort(-matters, kind="stable")[:KEPT])
    return Classifier(
        buckets[kept],
        np.round(table[kept] / scale).astype(np.int8),
        scale.astype(np.float32),
        np.array([head.bias for head in heads], np.float32),
        network,
        about,
    )


def _calibration(
    model: Classifier, examples: Sequence[Example]
) -> dict[str, tuple[float, list[float]]]:
    """The slope of each language, and a shift for each rule.

    The slope is Platt's, from the worst passages of texts that the model has not seen; the shifts
    make one half mean the same false alarms in each language.
    """
    found: dict[str, tuple[float, list[float]]] = {}
    for language, even in EVEN.items():
        theirs = [
            e
            for e in examples
            if not e.source.startswith("grammar")
            and ("zh" if is_chinese(e.text) else "en") == language
        ]
        logits = np.array([_worst(model, read(Submission("note", e.text))) for e in theirs])
        flags = np.array([bool(e.rules) for e in theirs])
        slope = float(LogisticRegression().fit(logits[:, None], flags).coef_[0, 0])
        found[language] = slope, [-slope * even[rule] for rule in model.about["rules"]]
    return found


def _worst(model: Classifier, reading: Reading) -> float:
    """How harmful the worst passage is to the model."""
    heads = (logits for _, logits in model.passages(reading))
    return max((float(logits[0]) for logits in heads), default=float(model.bias[0]))
