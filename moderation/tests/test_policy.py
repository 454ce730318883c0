"""The judge: twins in both languages, disguises, spans, and texts made to break it."""

import gc
import time
import tomllib
from pathlib import Path

import pytest

from moderation import classifier
from moderation.policy import Outcome, Submission, judge
from moderation.thresholds import load_thresholds

HERE = Path(__file__).parent
TWINS = tomllib.loads((HERE / "twins.toml").read_text(encoding="utf-8"))
EVERYDAY = tomllib.loads((HERE / "everyday.toml").read_text(encoding="utf-8"))


def told(side: str) -> list[object]:
    """The harmful or harmless side of every twin, in both languages, with its rule."""
    return [
        pytest.param(rule, text, id=f"{rule}-{number}-{language}")
        for rule, twins in TWINS.items()
        for number, twin in enumerate(twins)
        for language, text in twin[side].items()
    ]


@pytest.mark.parametrize(("rule", "text"), told("harmful"))
def test_a_harmful_text_is_stopped_by_its_rule(rule: str, text: str) -> None:
    ruling = judge(Submission("note", text, author_age_days=30, author_published_count=9))
    assert ruling.rule == rule
    assert ruling.outcome.severity >= Outcome.LIMIT.severity


@pytest.mark.parametrize(("rule", "text"), told("harmless"))
def test_its_harmless_twin_is_published(rule: str, text: str) -> None:
    ruling = judge(Submission("note", text))
    assert (ruling.outcome, ruling.rule) == (Outcome.PUBLISH, "")


@pytest.mark.parametrize("text", [text for texts in EVERYDAY.values() for text in texts])
def test_everyday_life_is_published_calmly(text: str) -> None:
    ruling = judge(Submission("note", text))
    assert ruling.outcome == Outcome.PUBLISH
    assert ruling.tension <= 0.5


def test_the_twins_and_the_everyday_texts_come_in_pairs() -> None:
    assert len(EVERYDAY["en"]) == len(EVERYDAY["zh"])
    assert all(len(twin[side]) == 2 for twins in TWINS.values() for twin in twins for side in twin)


@pytest.mark.parametrize(
    ("rule", "disguised"),
    [
        ("self_harm", "g0 k!ll yours3lf"),
        ("self_harm", "k i l l  y o u r s e l f"),
        ("self_harm", "go kiiiillllll yourself"),
        ("self_harm", "#killyourself"),
        ("self_harm", "ｋｉｌｌ ｙｏｕｒｓｅｌｆ"),
        ("hate", "іmmіgrаnts аre vеrmіn"),
        ("hate", "imm\u200bigrants are ver\u200bmin"),
        ("hate", "immigrants are v.e.r.m.i.n"),
        ("harassment", "you are a piece of sh*t"),
        ("illegal_goods", "c0caine f0r sale, t3legram me"),
        ("illegal_goods", "ⓒⓞⓒⓐⓘⓝⓔ for sale, telegram me"),
        ("spam_scam", "guaranteed pr0fit, d0uble your m0ney, wh4tsapp me"),
        ("hate", "外 地 人 都 是 垃 圾"),
        ("hate", "外*地*人都是垃*圾"),
        ("hate", "移民都是畜.生"),
        ("hate", "穆斯林都該被滅絕"),
        ("hate", "外地人都是拉圾"),
        ("harassment", "你这个傻13"),
        ("harassment", "nmsl，你个沙比"),
        ("self_harm", "快去自鲨"),
        ("spam_scam", "稳賺不賠，日賺500，加薇信"),
        ("spam_scam", "稳赚不赔，躺赚，➕v"),
        ("illegal_goods", "冰 毒 现 货 ➕ vx"),
        ("illegal_goods", "冰du现货，加薇"),
    ],
)
def test_a_disguise_does_not_help(rule: str, disguised: str) -> None:
    ruling = judge(Submission("note", disguised, author_age_days=30, author_published_count=9))
    assert ruling.rule == rule
    assert ruling.outcome.severity >= Outcome.LIMIT.severity


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nice weather. Immigrants are vermin. Good night.", "Immigrants are vermin"),
        ("天气不错。外地人都是蛆虫。晚安。", "外地人都是蛆虫"),
        ("😂😂 k1ll y0urself 😂", "k1ll y0urself"),
        ("標題\n\n移民都是畜.生！", "移民都是畜.生"),
        ("Look, Ｃｏｃａｉｎｅ for sale", "Ｃｏｃａｉｎｅ for sale"),
    ],
)
def test_evidence_points_at_the_original_words(text: str, words: str) -> None:
    spans = [text[found.start : found.end] for found in judge(Submission("note", text)).evidence]
    assert words in spans


STRANGE = {
    "empty": "",
    "blank": " \n\t\u200b",
    "emoji": "😂" * 5_000,
    "families": "👩‍👩‍👧‍👦❤️" * 2_000,
    "one letter a million times": "a" * 1_000_000,
    "one line of a million": "the wind in the trees " * 45_000,
    "a million characters": "风吹过树林" * 200_000,
    "lone surrogates": "\ud800 hi \udfff" * 1_000,
    "control characters": "\x00\x01\x02\x7f" * 1_000,
    "spaced letters": "a " * 10_000,
    "quotation marks": '"“「' * 5_000,
    "half quotations": "“a" * 6_000,
    "asterisks": "f*" * 6_000,
    "digits": "1i" * 6_000,
    "right to left": "שלום مرحبا " * 1_000,
    "expanding": "\ufdfa" * 5_000,
    "combining": "e\u0301\u0302\u0303" * 3_000,
    "addresses": "http://a.example " * 1_000,
    "groups without end": "women are all " * 1_000,
    "threats without end": "I will kill " * 1_000,
    "offers without end": "cocaine for sale " * 1_000,
    "parted": "微 信 " * 3_000,
    "all scripts": "hello 你好 こんにちは 안녕 привет שלום नमस्ते " * 200,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_texts_are_judged_quickly(text: str) -> None:
    judge(Submission("note", "warm 你好"))
    costs = []
    for _ in range(2):
        gc.collect()  # the whole process's objects are not this text's
        begun = time.process_time()
        judge(Submission("note", text))
        costs.append(time.process_time() - begun)
    assert min(costs) < 0.15


@pytest.mark.parametrize(
    "name",
    ["empty", "blank", "emoji", "families", "lone surrogates", "right to left", "all scripts"],
)
def test_strange_but_harmless_texts_are_published(name: str) -> None:
    ruling = judge(Submission("note", STRANGE[name]))
    assert (ruling.outcome, ruling.rule, ruling.tension) == (Outcome.PUBLISH, "", 0.0)
    assert ruling.evidence == ()


def test_the_harm_in_a_mixed_text_is_found_in_either_language() -> None:
    kind = "我们周末去爬山吧。" * 20 + "Let us climb the mountain. " * 20
    for harm in ("I will kill you tonight.", "我今晚就杀了你。"):
        assert judge(Submission("note", kind + harm)).rule == "violence_threat"


def test_harm_at_the_end_of_a_very_long_text_is_found() -> None:
    assert judge(Submission("note", "calm water " * 50_000 + "Kill all Jews.")).rule == "hate"


def test_antagonism_raises_tension_and_limits_at_most() -> None:
    calm = judge(Submission("note", "I disagree with vegans on honey."))
    hot = judge(Submission("note", "Libtards are idiots and vegans are brainwashed clowns."))
    assert calm.tension == 0.0
    assert hot.tension >= 0.5
    assert hot.outcome.severity <= Outcome.LIMIT.severity


def test_a_ruling_names_the_version_of_the_rules_and_the_language() -> None:
    ruling = judge(Submission("note", "红叶很美", language="en"))
    assert ruling.language == "zh"
    assert ruling.version == f"{load_thresholds().version}+{classifier.version()}"
    assert ruling.version.startswith("rules-1+")


def test_where_nothing_tells_the_declared_language_stands() -> None:
    assert judge(Submission("note", "🍁🍁🍁", language="en")).language == "en"


def test_outcomes_are_a_ladder() -> None:
    assert sorted(Outcome, key=lambda outcome: outcome.severity) == [
        Outcome.PUBLISH,
        Outcome.WARN,
        Outcome.LIMIT,
        Outcome.HOLD,
        Outcome.REMOVE,
    ]
