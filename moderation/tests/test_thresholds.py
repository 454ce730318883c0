"""From scores to outcomes: the table of thresholds, and how evidence is joined to one score."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest

from moderation import policy
from moderation.lexicon import RULES
from moderation.policy import Evidence, Outcome, Submission, judge
from moderation.rulebook import RULE_IDS
from moderation.submission import Listed, Opinion
from moderation.thresholds import load_thresholds

LEAST = 0.001
CALM = {"en": "The kettle sings on the stove.", "zh": "水壶在炉子上唱歌。"}
STEPS = [
    (rule, outcome, least)
    for rule, ladder in sorted(load_thresholds().outcomes.items())
    for outcome, least in ladder.items()
    if least <= 1  # no score reaches what is higher
]


def evidence(*found: tuple[str, float, str]) -> list[Evidence]:
    """Of (rule, score, source)."""
    return [Evidence(rule, score, 0, 1, source) for rule, score, source in found]


def listed(text: str, word: str, rule: str, score: float) -> policy.Ruling:
    return judge(Submission("note", f"{text} {word}", words=(Listed(word, rule, score),)))


def opined(rule: str, *scores: float, text: str = CALM["en"]) -> policy.Ruling:
    """What is ruled when classifiers elsewhere say so of a calm text."""
    opinions = tuple(Opinion(f"reader{n}", rule, score) for n, score in enumerate(scores))
    return judge(Submission("note", text, opinions=opinions))


class TestTheTable:
    """What stands in rules/thresholds.toml."""

    def test_every_rule_of_the_book_has_its_outcomes_and_no_other_rule_does(self) -> None:
        assert set(load_thresholds().outcomes) == set(RULE_IDS)

    @pytest.mark.parametrize("rule", RULE_IDS)
    def test_harder_outcomes_need_more(self, rule: str) -> None:
        ladder = load_thresholds().outcomes[rule]
        steps = sorted(ladder, key=lambda name: Outcome(name).severity)
        assert all(ladder[mild] < ladder[hard] for mild, hard in pairwise(steps))

    @pytest.mark.parametrize("rule", RULE_IDS)
    def test_only_the_clearest_is_removed_by_machine(self, rule: str) -> None:
        assert load_thresholds().outcomes[rule].get("remove", 1.0) >= 0.96

    def test_antagonism_never_does_more_than_lower_reach(self) -> None:
        assert set(load_thresholds().outcomes["antagonism"]) == {"limit"}

    def test_no_score_has_misinformation_removed_by_machine(self) -> None:
        assert load_thresholds().outcomes["misinformation"]["remove"] > 1

    def test_there_is_one_table_for_all_languages(self) -> None:
        written = tomllib.loads((RULES / "thresholds.toml").read_text())
        assert not {"en", "zh"} & {key for part in written.values() for key in (part or ())}

    def test_what_is_denied_is_worth_nothing_and_what_is_quoted_little(self) -> None:
        for rule in ("hate", "harassment", "violence_threat", "sexual"):
            factors = load_thresholds().scopes[rule]
            assert factors["negated"] == 0.0
            assert factors["quoted"] == 0.2

    def test_a_rule_of_its_own_goes_before_what_holds_for_all(self) -> None:
        scopes = load_thresholds().scopes
        assert (scopes["hate"]["playful"], scopes["harassment"]["playful"]) == (1.0, 0.5)
        assert (scopes["hate"]["own"], scopes["self_harm"]["own"]) == (1.0, 0.0)

    def test_its_version_changes_with_any_file_of_rules(self) -> None:
        name, _, digest = load_thresholds().version.partition("+")
        assert name == "rules-1"
        assert len(digest) == 8


@pytest.mark.parametrize(("rule", "outcome", "least"), STEPS)
def test_an_outcome_begins_at_its_threshold_and_not_below(
    rule: str, outcome: str, least: float
) -> None:
    assert policy._reached(rule, least) is Outcome(outcome)
    assert policy._reached(rule, least - LEAST).severity < Outcome(outcome).severity


@pytest.mark.parametrize("language", CALM)
@pytest.mark.parametrize(
    ("rule", "score", "outcome"),
    [
        ("hate", 0.54, "publish"),
        ("hate", 0.55, "limit"),
        ("hate", 0.70, "hold"),
        ("hate", 0.96, "remove"),
        ("sexual", 0.44, "publish"),
        ("sexual", 0.45, "warn"),
        ("sexual", 0.62, "limit"),
        ("misinformation", 0.50, "warn"),
        ("misinformation", 0.99, "hold"),
        ("antagonism", 0.75, "publish"),
        ("antagonism", 0.99, "limit"),
        ("spam_scam", 0.74, "hold"),
        ("self_harm", 0.969, "hold"),
        ("self_harm", 0.97, "remove"),
        ("harassment", 0.979, "hold"),
        ("harassment", 0.98, "remove"),
    ],
)
def test_a_listed_word_does_what_its_score_says_in_either_language(
    language: str, rule: str, score: float, outcome: str
) -> None:
    ruling = listed(CALM[language], "zzyx", rule, score)
    assert ruling.outcome == outcome
    assert ruling.rule == ("" if outcome == "publish" else rule)
    assert ruling.scores == {rule: pytest.approx(score)}


class TestJoining:
    """Evidence of one source is taken once; sources are joined as independent chances."""

    @pytest.mark.parametrize(
        ("found", "score"),
        [
            ([("hate", 0.5, "pattern")], 0.5),
            ([("hate", 0.5, "pattern"), ("hate", 0.4, "pattern")], 0.5),
            ([("hate", 0.5, "pattern"), ("hate", 0.6, "model")], 0.6),
            ([("hate", 0.5, "pattern"), ("hate", 0.5, "listed")], 0.75),
            ([("hate", 0.5, "model"), ("hate", 0.5, "listed"), ("hate", 0.5, "image")], 0.875),
            ([("hate", 0.5, "outside:a"), ("hate", 0.7, "outside:b")], 0.7),
            ([("hate", 0.5, "outside:a"), ("hate", 0.6, "pattern")], 0.8),
            ([("hate", 1.0, "image"), ("hate", 0.2, "pattern")], 1.0),
        ],
    )
    def test_by_hand(self, found: list[tuple[str, float, str]], score: float) -> None:
        assert policy._scores(evidence(*found)) == {"hate": pytest.approx(score)}

    def test_rules_are_counted_apart(self) -> None:
        found = evidence(("hate", 0.5, "pattern"), ("sexual", 0.4, "pattern"))
        assert policy._scores(found) == {"hate": 0.5, "sexual": pytest.approx(0.4)}

    def test_more_evidence_never_lowers_a_score(self) -> None:
        found: list[Evidence] = []
        before = 0.0
        for n, source in enumerate(("pattern", "model", "listed", "link", "image", "outside:a")):
            found += evidence(("hate", 0.3 + 0.05 * n, source))
            now = policy._scores(found)["hate"]
            assert before <= now <= 1
            before = now

    def test_nothing_found_is_no_score(self) -> None:
        assert policy._scores([]) == {}


class TestTheHardestCounts:
    """One ruling for a text that breaks several rules."""

    def test_the_hardest_outcome_names_the_rule(self) -> None:
        words = (Listed("zzyx", "sexual", 0.5), Listed("qwyj", "hate", 0.72))
        ruling = judge(Submission("note", "a zzyx and a qwyj", words=words))
        assert (ruling.outcome, ruling.rule) == (Outcome.HOLD, "hate")
        assert set(ruling.scores) == {"sexual", "hate"}

    def test_of_equal_outcomes_the_likelier_rule_is_named(self) -> None:
        words = (Listed("zzyx", "spam_scam", 0.80), Listed("qwyj", "hate", 0.75))
        ruling = judge(Submission("note", "a zzyx and a qwyj", words=words))
        assert (ruling.outcome, ruling.rule) == (Outcome.HOLD, "spam_scam")

    def test_a_likely_mild_rule_does_not_hide_a_hard_one(self) -> None:
        words = (Listed("zzyx", "antagonism", 0.99), Listed("qwyj", "self_harm", 0.70))
        assert judge(Submission("note", "a zzyx and a qwyj", words=words)).rule == "self_harm"


class TestClassifiersElsewhere:
    """They may have a text held, and never remove it by themselves."""

    @pytest.mark.parametrize("language", CALM)
    @pytest.mark.parametrize("score", [0.96, 0.99, 1.0])
    def test_what_only_they_would_remove_is_held(self, language: str, score: float) -> None:
        assert opined("hate", score, text=CALM[language]).outcome is Outcome.HOLD

    def test_many_of_them_are_one_source(self) -> None:
        assert opined("hate", *[0.6] * 9).outcome is Outcome.LIMIT

    def test_what_they_are_unsure_of_changes_nothing(self) -> None:
        ruling = opined("hate", 0.54)
        assert (ruling.outcome, ruling.rule) == (Outcome.PUBLISH, "")

    def test_faint_opinions_are_not_even_noted(self) -> None:
        assert opined("hate", 0.29).evidence == ()
        assert len(opined("hate", 0.3).evidence) == 1

    def test_what_our_own_evidence_would_remove_stays_removed_with_theirs(self) -> None:
        submission = Submission(
            "note", "a zzyx", words=(Listed("zzyx", "hate", 0.97),),
            opinions=(Opinion("reader", "hate", 0.9),),
        )  # fmt: skip
        assert judge(submission).outcome is Outcome.REMOVE

    def test_together_with_our_doubt_they_hold_and_no_more(self) -> None:
        """0.69 of ours and 0.9 of theirs make 0.969: enough to remove, were it all ours."""
        submission = Submission(
            "note", "a zzyx", words=(Listed("zzyx", "hate", 0.69),),
            opinions=(Opinion("reader", "hate", 0.9),),
        )  # fmt: skip
        ruling = judge(submission)
        assert ruling.scores["hate"] == pytest.approx(0.969)
        assert ruling.outcome is Outcome.HOLD


class TestTension:
    """Heat goes to ranking; it restricts nothing by itself."""

    @pytest.mark.parametrize(
        ("rule", "score", "tension"),
        [
            ("antagonism", 0.5, 0.5),
            ("hate", 0.4, 0.4),
            ("harassment", 0.5, 0.45),
            ("violence_threat", 0.5, 0.45),
            ("misinformation", 0.4, 0.16),
            ("spam_scam", 0.5, 0.0),
            ("sexual", 0.4, 0.0),
            ("self_harm", 0.5, 0.0),
            ("illegal_goods", 0.5, 0.0),
        ],
    )
    def test_is_the_score_times_what_the_rule_adds(
        self, rule: str, score: float, tension: float
    ) -> None:
        ruling = listed(CALM["en"], "zzyx", rule, score)
        assert ruling.outcome is Outcome.PUBLISH
        assert ruling.tension == pytest.approx(tension)

    def test_is_the_highest_and_not_the_sum(self) -> None:
        assert policy._tension({"antagonism": 0.6, "hate": 0.5, "spam_scam": 1.0}) == 0.6
        assert policy._tension({}) == 0.0


@pytest.mark.parametrize("rule", RULE_IDS)
def test_a_picture_of_the_list_is_taken_down_or_held(rule: str) -> None:
    ruling = judge(Submission("note", CALM["zh"], known_images=(rule,)))
    assert ruling.rule == rule
    hardest = "remove" in load_thresholds().outcomes[rule] and rule != "misinformation"
    expected = Outcome.REMOVE if hardest else policy._reached(rule, 0.99)
    assert ruling.outcome is expected
    assert [found.source for found in ruling.evidence] == ["image"]


def test_a_moderator_is_not_shown_more_than_can_be_read() -> None:
    words = tuple(Listed(f"zz{chr(97 + n)}x", "hate", 0.6) for n in range(26))
    text = " ".join(word.text for word in words) * 3
    ruling = judge(Submission("note", " ".join([text, text]), words=words))
    assert len(ruling.evidence) == policy.MOST_EVIDENCE
