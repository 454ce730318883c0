"""Training: the same examples make the same model, and what is kept back is never learnt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation.policy import Outcome, Submission, judge
from moderation.rulebook import RULE_IDS
from moderation.training import grammar
from moderation.training.examples import Example, everyday_texts, read_rows, written_pairs
from moderation.training.fitting import as_numbers, fit, save
from moderation.training.measuring import Counts


def few() -> list[Example]:
    return list(grammar.sentences(1, seed=7))


def test_the_same_examples_make_the_same_file(tmp_path: Path) -> None:
    first, again = tmp_path / "a.npz", tmp_path / "b.npz"
    for path in (first, again):
        rows = [replace(e, source="ours") for e in few()]
        save(fit(rows, {"version": "test"}), path)
    assert first.read_bytes() == again.read_bytes()


def test_of_a_long_harmless_text_every_passage_is_learnt() -> None:
    long = "We walked along the lake and counted the boats. " * 8
    texts = [long, long, "Short.", ""]
    examples = [
        Example(text, "en", rules, "ours")
        for text, rules in zip(texts, [(), ("hate",), (), ()], strict=True)
    ]
    parts, rows, vectors = as_numbers(examples)
    assert len(parts) == len(rows) == len(vectors)
    counts = [sum(part is example for part in parts) for example in examples]
    assert counts == [8, 1, 1, 0], "which passage of a harmful text is harmful, nobody says"


def test_the_grammar_makes_twins_in_both_languages() -> None:
    examples = few()
    for rule in {rule for e in examples for rule in e.rules}:
        for language in ("en", "zh"):
            mine = [e for e in examples if e.source == f"grammar: {rule}"]
            theirs = [e for e in mine if e.language == language]
            assert any(e.rules for e in theirs)
            assert any(not e.rules for e in theirs)
    assert not [e.text for e in examples if "{" in e.text], "every slot is filled"


def test_rows_are_read_with_their_licence(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"text": "hi", "lang": "en", "labels": ["none"], "source": "s", "licence": "MIT",'
        ' "tier": "permissive", "weak": true}\n',
        encoding="utf-8",
    )
    assert list(read_rows([path])) == [Example("hi", "en", (), "s", "MIT", "permissive", True)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("train_moderation", str(tmp_path / "nowhere.jsonl"))


def test_counts_are_what_the_textbook_says() -> None:
    counts = Counts.of([(True, True), (True, True), (True, False), (False, True), (False, False)])
    assert (counts.precision, counts.recall) == (2 / 3, 2 / 3)
    assert counts.false_positive_rate == 1 / 2
    assert counts.macro_f1 == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_the_written_pairs_cover_every_rule_evenly_and_say_nothing_twice() -> None:
    pairs = [*written_pairs(kept_back=False), *written_pairs(kept_back=True)]
    assert len({example.text for example in pairs}) == len(pairs)
    harmful = Counter(rule for example in pairs for rule in example.rules)
    assert harmful.keys() == set(RULE_IDS)
    assert min(harmful.values()) >= 2 * 45
    assert sum(harmful.values()) >= 2 * 400
    assert sum(not example.rules for example in pairs) >= 2 * 400


def test_a_third_of_the_pairs_is_kept_back_and_never_taught() -> None:
    taught = {example.text for example in written_pairs(kept_back=False)}
    kept = {example.text for example in written_pairs(kept_back=True)}
    assert not taught & kept
    assert 0.28 < len(kept) / len(kept | taught) < 0.38


def test_no_harmless_pair_that_was_never_taught_is_removed_by_machine() -> None:
    harmless = [e.text for e in written_pairs(kept_back=True) if not e.rules]
    rulings = [judge(Submission("note", text, "", 365.0, 100)) for text in harmless]
    assert not any(ruling.outcome is Outcome.REMOVE for ruling in rulings)


def test_everyday_texts_are_many_in_both_languages_and_none_twice() -> None:
    texts = [*everyday_texts()]
    assert len({example.text for example in texts}) == len(texts)
    assert min(Counter(example.language for example in texts).values()) >= 1_500
    assert not any(example.rules for example in texts)
