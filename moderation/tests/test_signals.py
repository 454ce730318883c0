"""The sources of evidence beside the words: links, copies, newcomers; and the data itself."""

import re
import tomllib

import pytest

from moderation.lexicon import LATIN_WORD, RULES, load_lexicon
from moderation.links import suspicion
from moderation.patterns import load_patterns
from moderation.policy import Outcome, Submission, judge
from moderation.reading import read
from moderation.rulebook import RULE_IDS
from moderation.signals import signals
from moderation.thresholds import load_thresholds

NOTE = "Handmade autumn tea from our hills, first picking, come and taste it with us"
ZH_NOTE = "自家山上的秋茶，头一批采的，欢迎大家来一起尝尝看，真的很香"


@pytest.mark.parametrize(
    ("link", "score"),
    [
        ("https://example.org/shop", 0.0),
        ("https://www.google.com/search?q=tea", 0.0),
        ("https://music.apple.com/album", 0.0),
        ("https://pineapple.com", 0.0),
        ("https://applebees.com/menu", 0.0),
        ("https://en.wikipedia.org/wiki/PayPal", 0.0),
        ("https://bit.ly/3abc", 0.35),
        ("http://198.51.100.7/login", 0.5),
        ("https://google.com@evil.example/a", 0.62),
        ("https://paypal-login.example/a", 0.66),
        ("https://paypal.com.secure-check.xyz/", 0.66),
        ("https://paypa1.com", 0.8),
        ("https://g00gle.com", 0.8),
        ("https://rnicrosoft.com/", 0.8),
        ("https://taoba0.com/", 0.8),
        ("https://amazom.com/", 0.5),
    ],
)
def test_a_link_is_suspected_by_what_it_hides(link: str, score: float) -> None:
    assert suspicion(link) == score


@pytest.mark.parametrize("link", ["https://раураl.com/login", "https://аpple.com/"])
def test_an_address_in_borrowed_letters_is_held(link: str) -> None:
    ruling = judge(Submission("note", f"See {link} please"))
    assert (ruling.outcome, ruling.rule) == (Outcome.HOLD, "spam_scam")
    assert ruling.evidence[0].source == "link"


@pytest.mark.parametrize("text", [NOTE, ZH_NOTE])
@pytest.mark.parametrize(
    ("copies", "outcome"),
    [
        (0, Outcome.PUBLISH),
        (1, Outcome.PUBLISH),
        (2, Outcome.LIMIT),
        (3, Outcome.LIMIT),
        (4, Outcome.HOLD),
        (50, Outcome.HOLD),
    ],
)
def test_copies_within_a_day_are_first_limited_then_held(
    text: str, copies: int, outcome: Outcome
) -> None:
    recent = tuple(f"{text}！！{number}" for number in range(copies))
    ruling = judge(Submission("note", text, recent_texts=recent))
    assert ruling.outcome == outcome
    assert [found.source for found in ruling.evidence] == ["repetition"] * (copies >= 2)


@pytest.mark.parametrize("thanks", ["Thank you!", "谢谢分享", "😂😂😂", "So pretty ❤️"])
def test_a_thank_you_may_be_said_often(thanks: str) -> None:
    assert judge(Submission("comment", thanks, recent_texts=(thanks,) * 50)).outcome == "publish"


def test_different_texts_are_no_copies() -> None:
    recent = tuple(text * 2 for text in ("春天的花开了一路 ", "Rain on the roof all day ") * 20)
    assert judge(Submission("note", NOTE, recent_texts=recent)).outcome == Outcome.PUBLISH


@pytest.mark.parametrize(
    "text", ["Passive income guaranteed, whatsapp me: +86 138 0000 1111", "躺赚，加微信13800001111"]
)
def test_a_newcomer_who_leads_readers_away_is_trusted_less(text: str) -> None:
    new = judge(Submission("note", text, author_age_days=0.1))
    known = judge(Submission("note", text, author_age_days=400, author_published_count=80))
    assert new.outcome == Outcome.HOLD
    assert known.outcome.severity < new.outcome.severity


def test_a_newcomer_with_a_plain_link_is_welcome() -> None:
    ruling = judge(Submission("note", f"{NOTE}: https://tea.example.org", author_age_days=0.0))
    assert ruling.outcome == Outcome.PUBLISH


def test_evidence_comes_strongest_first_and_only_of_known_rules() -> None:
    found = signals(read(Submission("note", "Kill all Jews. You are trash. 稳赚不赔，加微信")))
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert {e.rule for e in found} <= set(RULE_IDS)
    assert len({e.rule for e in found}) == 3


def concepts() -> list[tuple[str, dict[str, list[str]]]]:
    """Every concept of the lexicon with its words by language."""
    return [
        concept
        for path in sorted((RULES / "lexicon").glob("*.toml"))
        for concept in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


@pytest.mark.parametrize(("name", "words"), concepts(), ids=[name for name, _ in concepts()])
def test_a_concept_is_bilingual_and_folded(name: str, words: dict[str, list[str]]) -> None:
    assert words["en"]
    assert words["zh"]
    for language in ("en", "zh"):
        for word in words[language]:
            assert word == word.strip().lower()


@pytest.mark.parametrize(("name", "words"), concepts(), ids=[name for name, _ in concepts()])
def test_a_listed_latin_word_holds_nothing_that_reading_drops(
    name: str, words: dict[str, list[str]]
) -> None:
    listed = [word.split("|")[0] for key, all_ in words.items() if key != "made" for word in all_]
    for word in listed:
        if word.isascii() and word[0].isalnum():
            assert re.sub(r"\W", "", "".join(LATIN_WORD.findall(word))) == re.sub(
                r"[-' ]", "", word
            )


def test_every_pattern_belongs_to_a_rule_and_has_a_sound_score() -> None:
    assert {pattern.rule for pattern in load_patterns()} == set(RULE_IDS)
    assert all(0 < pattern.score < 1 for pattern in load_patterns())


def test_the_longest_listed_phrase_is_found() -> None:
    assert load_lexicon().phrase_at(["to", "die", "for", "it"], 0) == (3, frozenset({"idiom"}))
    found = load_lexicon().string_at("好吃到死了", 0)
    assert found == (4, frozenset({"idiom"}))


def test_a_faint_quarrel_does_not_hide_hatred_beside_it() -> None:
    text = "Boomers against the rest: and those immigrants belong in a cage, filthy lot."
    found = {(e.rule, e.source): e.score for e in signals(read(Submission("note", text)))}
    assert found["antagonism", "pattern"] < load_thresholds().least("antagonism")
    assert ("hate", "model") in found


def test_a_quarrel_of_camps_harasses_nobody() -> None:
    found = signals(read(Submission("note", "All vegans are brainwashed hypocrites.")))
    assert {evidence.rule for evidence in found} == {"antagonism"}


def test_a_quarrel_hides_no_attack_further_on() -> None:
    calm = "We walked along the lake and counted the boats. " * 12
    attack = "Dave from flat three is a fat smelly pig, spit on him when you see him."
    text = f"All vegans are brainwashed hypocrites. {calm}{attack}"
    assert "harassment" in {e.rule for e in signals(read(Submission("note", text)))}
