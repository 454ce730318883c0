"""The trained model: what it sees, what it says, and life without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from moderation import classifier
from moderation.classifier import (
    classified,
    excused,
    is_cloaked,
    is_doubtful,
    is_excused,
    load_classifier,
    most_doubtful,
    passages,
)
from moderation.encoder import Encoder, load_encoder
from moderation.features import features
from moderation.policy import Outcome, judge
from moderation.reading import read
from moderation.submission import Submission
from moderation.thresholds import load_thresholds
from moderation.training.fitting import save

HARMFUL = {
    "en": "Honestly these immigrants are filthy animals and should be thrown out of our town",
    "zh": "说真的，这些外地人就是一群肮脏的畜生，早该赶出我们小区",
}
HARMLESS = {
    "en": "My immigrant neighbours brought us soup when the whole house was sick",
    "zh": "全家生病的时候，外地来的邻居给我们送了汤",
}
CHEER = "You guys are insane, thank you for 1,000 followers!"


def said(text: str) -> Submission:
    return Submission("note", text, "", 365.0, 100)


@pytest.fixture
def other_model() -> Iterator[None]:
    """Whatever model a test puts in place, the shipped one is back afterwards."""
    shipped = classifier.MODEL
    yield
    classifier.use(shipped)


def test_the_same_text_is_always_the_same_numbers() -> None:
    first, again = (features(read(said(HARMFUL["en"]))) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])


def test_no_family_of_features_outweighs_another() -> None:
    _, weights = features(read(said(HARMFUL["zh"])))
    assert float((weights**2).sum()) <= 5.001


@pytest.mark.parametrize("language", ["en", "zh"])
def test_harm_scores_higher_than_the_same_words_in_peace(language: str) -> None:
    def best(text: str) -> float:
        return max((e.score for e in classified(read(said(text)))), default=0.0)

    assert best(HARMFUL[language]) > 0.5
    assert best(HARMLESS[language]) < 0.5


def test_the_model_alone_never_removes() -> None:
    found = list(classified(read(said(HARMFUL["en"]))))
    assert found
    assert max(e.score for e in found) <= classifier.SUREST


def test_a_long_text_is_read_in_passages_of_whole_sentences() -> None:
    calm = "We walked along the lake and counted the boats. " * 40
    reading = read(said(calm + HARMFUL["en"] + ". " + calm))
    ranges = list(passages(reading))
    assert len(ranges) > 1
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(reading.shape.symbols)
    assert [first for first, _ in ranges[1:]] == [last for _, last in ranges[:-1]]
    whole = max((e.score for e in classified(reading)), default=0.0)
    assert whole > 0.5, "one sentence does not drown in a long text"


CALM = {
    "en": "We walked along the lake and counted the boats. Lunch was soup with bread. ",
    "zh": "我们沿着湖边走，数了数有多少条船。中午喝了汤，吃了面包。",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_harm_in_a_long_note_weighs_what_it_weighs_alone(language: str) -> None:
    harm = HARMFUL[language] + {"en": ". ", "zh": "。"}[language]
    calm = CALM[language] * 6
    alone, within = (
        max(e.score for e in classified(read(said(text))) if e.rule == "hate")
        for text in (harm, calm + harm + calm)
    )
    assert within == pytest.approx(alone, abs=0.15)
    assert judge(said(calm + harm + calm)).outcome is not Outcome.PUBLISH
    assert judge(said(calm)).outcome is Outcome.PUBLISH


def test_a_sentence_is_not_cut_unless_it_never_ends() -> None:
    sentence = f"{'word ' * 31}end. "
    reading = read(said(sentence * 4))
    assert [last - first for first, last in passages(reading)] == [33] * 4
    endless = read(said("word " * 200))
    assert [last - first for first, last in passages(endless)] == [classifier.ENDLESS] * 5


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each passage whose meaning was looked at."""
    seen: list[int] = []
    load_classifier()  # which looks whether the encoder can be read

    def counted() -> Encoder:
        seen.append(1)
        return load_encoder()

    monkeypatch.setattr(classifier, "load_encoder", counted)
    return seen


def open_question() -> str:
    """A sentence of which n-grams alone cannot tell."""
    model = load_classifier()
    assert model is not None
    for text in (CHEER, *HARMFUL.values(), *HARMLESS.values()):
        logit = float(model.logits(*features(read(said(text))))[0])
        if is_doubtful(logit, text):
            return text
    raise AssertionError("nothing is in doubt")


def test_where_n_grams_leave_it_open_the_network_is_asked(
    looks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = open_question()
    both = [e.score for e in classified(read(said(text)))]
    assert len(looks) == 1
    monkeypatch.setattr(classifier, "HARMFUL", classifier.HARMLESS)  # nothing is in doubt
    alone = [e.score for e in classified(read(said(text)))]
    assert len(looks) == 1
    assert both != alone


def test_of_one_text_so_many_passages_are_looked_at_at_most(looks: list[int]) -> None:
    list(classified(read(said(f"{open_question()} " * 60))))
    assert len(looks) == classifier.MOST_LOOKS


def test_those_passages_are_looked_at_that_look_worst() -> None:
    calm = f"{open_question()} ".replace("\n", " ") * 20
    reading = read(said(calm))
    places, low, high = list(passages(reading)), classifier.HARMLESS, classifier.HARMFUL
    logits = np.linspace(low, high, len(places) + 2)[1:-1].tolist()
    worst = list(range(len(places)))[: -classifier.MOST_LOOKS - 1 : -1]
    assert len(places) > classifier.MOST_LOOKS
    assert most_doubtful(reading, places, logits) == worst
    assert most_doubtful(reading, places, [high + 1] * len(places)) == []


@pytest.mark.parametrize("text", ["😂" * 40, "1234 5678", "… !!! ???"])
def test_what_has_no_letters_has_no_meaning_to_look_at(looks: list[int], text: str) -> None:
    list(classified(read(said(text))))
    assert not looks


def test_nothing_to_read_is_nothing_to_say() -> None:
    assert list(classified(read(said("")))) == []
    assert judge(said("\u200b\u200b")).outcome is Outcome.PUBLISH


@pytest.mark.parametrize("content", [b"", b"no model at all", b"PK\x03\x04 half", b"bits rot"])
def test_a_broken_model_leaves_the_judging_to_the_rules(
    content: bytes | bytearray, tmp_path: Path, other_model: None
) -> None:
    broken = tmp_path / "text.npz"
    if content == b"bits rot":
        content = bytearray(classifier.MODEL.read_bytes())
        content[len(content) // 2 : len(content) // 2 + 64] = bytes(64)
    broken.write_bytes(content)
    classifier.use(broken)
    assert load_classifier() is None
    ruling = judge(said("Immigrants are vermin and should be wiped out."))
    assert ruling.outcome in (Outcome.HOLD, Outcome.REMOVE)
    assert ruling.version.endswith(classifier.NO_MODEL)


@pytest.mark.django_db
def test_readiness_says_that_the_model_is_missing(tmp_path: Path, other_model: None) -> None:
    classifier.use(tmp_path / "nowhere.npz")
    assert "model" in Client().get("/readyz").json()["failing"]


def test_the_shipped_model_names_its_rules_and_sources() -> None:
    model = load_classifier()
    assert model is not None
    assert set(model.about["calibration"]) == {"en", "zh"}
    assert all("NC" not in source for source in model.about["sources"])
    card = (classifier.MODEL.parent / "README.md").read_text(encoding="utf-8")
    for source in model.about["sources"]:
        assert source.split(" (")[0].split(":")[0] in card


@pytest.mark.parametrize("text", ["Black people aren't stupid at all.", "女人一点都不蠢。"])
def test_what_is_denied_is_not_held_against_who_denies_it(text: str) -> None:
    assert judge(said(text)).outcome is Outcome.PUBLISH


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("I'm not saying kill the Jews, but they must be dealt with.", True),
        ("Nobody is saying kill them all; however, the Jews must be dealt with.", True),
        ("没有人说要杀了他们，但是犹太人就该被收拾。", True),
        ("没有人说要杀了他们，不过犹太人就该被收拾。", True),
        ("I would never say kill them all, and I mean it.", False),
        ("They said kill them all, but the neighbours hid them.", False),
        ("Nobody is saying kill them all, but it rained.", False),
        ("I would never kill anything but time with you.", False),
        ("他不但没杀人，还救了他们。", False),
    ],
)
def test_what_is_denied_before_but_is_a_cloak(text: str, *, is_one: bool) -> None:
    reading = read(said(text))
    assert is_cloaked(reading, 0, len(reading.shape.symbols)) is is_one


def test_a_cloak_excuses_nothing() -> None:
    denied: list[set[str]] = [{"negated"}]
    assert is_excused("hate", denied)
    assert not is_excused("hate", denied, cloaked=True)
    assert is_excused("hate", denied, cloaked=True, praised=True)
    assert is_excused("self_harm", [{"negated", "own"}], cloaked=True)
    text = "I'm not saying kill the Jews, but they must be dealt with."
    assert judge(said(text)).outcome is not Outcome.PUBLISH


def test_a_model_of_another_version_is_not_used(tmp_path: Path, other_model: None) -> None:
    model = load_classifier()
    assert model is not None
    about = model.about | {"calibration": {"en": [1.0, 0.5], "zh": [1.0, 0.5]}}
    save(replace(model, about=about), tmp_path / "old.npz")
    classifier.use(tmp_path / "old.npz")
    assert load_classifier() is None
    assert judge(said(HARMFUL["en"])).outcome is not Outcome.PUBLISH, "rules alone judge"


@pytest.mark.parametrize("rule", sorted(classifier.EXCUSES_OF.keys() - classifier.ATTACKS))
def test_what_is_pardoned_has_no_outcome(rule: str) -> None:
    surest = classifier.SUREST * classifier.DOUBTED.get(rule, 1.0)
    assert surest * excused(rule, []) < load_thresholds().least(rule)


def test_a_complaint_about_a_firm_is_never_held() -> None:
    for text in (
        "这个中介公司就是骗子公司，黑心，退钱！",
        "This shop is a filthy disgusting scam.",
    ):
        assert judge(said(text)).outcome.severity < Outcome.HOLD.severity
