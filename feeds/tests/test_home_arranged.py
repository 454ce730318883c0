"""A home arranged from facts, without a database: who waits, who comes last, and what is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from accounts.models import User
from feeds import home, reasons, scoring, store, why
from feeds.candidates import MOST, Found, languages_of, pack, unpack
from feeds.facts import VECTOR, Facts
from feeds.models import Taste
from feeds.scoring import CHANCE, TERMS, Counts, Sides

ANN = User(pk=7, username="ann", languages=["en"])
WEIGHTS = scoring.exact_weights({"liked": 1.0})


def facts(count: int, **given: Any) -> Facts:
    """Of so many calm English notes by different authors, seen often enough."""
    nothing = np.zeros(count)
    fields: dict[str, Any] = {
        "ids": np.arange(100, 100 + count),
        "authors": np.arange(1, count + 1),
        "topics": np.zeros(count, np.int64),
        "languages": ["en"] * count,
        "age": nothing,
        "counts": Counts(np.full(count, CHANCE + 1.0), nothing, nothing, nothing),
        "sides": Sides(nothing * np.nan, nothing * np.nan, np.zeros(count, bool)),
        "tension": nothing,
        "follows": np.zeros(count, bool),
        "vectors": np.zeros((count, VECTOR)),
        "pool": np.ones(count, np.int64),
    }
    return Facts(**(fields | given))


def arranged(
    known: Facts, points: list[float], taste: Taste | None = None, again: list[int] | None = None
) -> home.Order:
    """A home of notes with so many points."""
    values = scoring.table({"liked": np.array(points)}, len(points))
    sources = Found(dict.fromkeys(known.ids.tolist(), "explore"))
    chosen = taste or Taste(reader=ANN)
    return home._arranged(known, ANN, chosen, sources, again or [], values, frozenset(), 3, WEIGHTS)


def seen(*counts: float) -> Counts:
    nothing = np.zeros(len(counts))
    return Counts(np.array(counts), nothing, nothing, nothing)


class TestOrder:
    """Points first, then what was promised and what has to wait."""

    def test_the_better_one_comes_first(self) -> None:
        assert arranged(facts(3), [1.0, 3.0, 2.0]).ids.tolist() == [101, 102, 100]

    def test_what_was_shown_before_comes_last_and_says_so(self) -> None:
        order = arranged(facts(3), [1.0, 9.0, 2.0], again=[101])
        assert order.ids.tolist() == [102, 100, 101]
        assert order.scores[-1] == 9.0 - scoring.MOST
        assert (np.diff(order.scores) <= 0).all()

    def test_a_new_note_has_its_place_although_it_is_worse(self) -> None:
        points = [9.0 - n for n in range(8)]
        counts = seen(*[CHANCE + 1.0] * 7, 0.0)
        order = arranged(facts(8, counts=counts), points)
        assert order.ids[4] == 107
        assert order.places[4] == "fresh"
        assert order.shift[4] > 0

    def test_of_new_notes_the_one_that_waits_most_comes_first(self) -> None:
        points = [9.0, 8.0, 7.0, 6.0, 5.0, 1.0, 4.0]
        counts = seen(*[CHANCE + 1.0] * 5, 2.0, 6.0)
        assert arranged(facts(7, counts=counts), points).ids[4] == 105

    @pytest.mark.parametrize(
        ("other", "languages", "place"),
        [("some", ["en", "zh"], "bridge"), ("both", ["en", "zh"], "bridge"),
         ("none", ["en", "zh"], ""), ("some", ["en", "en"], "")],
    )  # fmt: skip
    def test_the_other_language_has_a_place_for_who_wants_it(
        self, other: str, languages: list[str], place: str
    ) -> None:
        points = [9.0 - n for n in range(8)]
        tongues = [languages[0]] * 7 + [languages[1]]
        order = arranged(facts(8, languages=tongues), points, Taste(other_language=other))
        assert order.places[3] == place
        assert bool(order.ids[3] == 107) is bool(place)

    def test_a_full_pool_waits_unless_one_follows_the_author(self) -> None:
        """With enough else to show, a note that has been round its pool is not shown on."""
        count = home.LENGTH // 2 + 2
        counts = seen(*[500.0] * 2, *[30.0] * (count - 2))
        follows = np.arange(count) == 1
        points = [float(count - n) for n in range(count)]
        order = arranged(facts(count, counts=counts, follows=follows), points)
        assert order.ids[0] == 101
        assert order.ids[-1] == 100

    def test_with_little_to_show_a_full_pool_is_shown_on(self) -> None:
        order = arranged(facts(3, counts=seen(500.0, 30.0, 30.0)), [3.0, 2.0, 1.0])
        assert order.ids.tolist() == [100, 101, 102]

    def test_every_note_remembers_where_it_came_from(self) -> None:
        assert arranged(facts(3), [1.0, 3.0, 2.0]).sources == ["explore"] * 3

    def test_nobody_there_is_an_empty_home(self) -> None:
        order = arranged(facts(0), [])
        assert (order.ids.tolist(), order.places) == ([], [])
        assert home.unpack(home.pack(order)).ids.tolist() == []


class TestTaste:
    """The product of the reader's vector with those of the notes, standardised."""

    VECTORS = np.zeros((4, VECTOR))
    VECTORS[0, 0], VECTORS[1, 0], VECTORS[2, 0] = 1.0, 0.5, -0.0

    @pytest.fixture(autouse=True)
    def _vectors(self) -> None:
        self.VECTORS[2] = 0.0
        self.VECTORS[2, 1] = 1.0

    def learned(self, *numbers: float) -> None:
        vector = np.zeros(VECTOR, np.float16)
        vector[: len(numbers)] = numbers
        store.client.set(f"vector:{ANN.pk}", vector.tobytes())

    def test_by_hand(self) -> None:
        """Products 1, .5 and 0: mean .5, deviation .4082; the fourth note has no vector."""
        self.learned(1.0)
        found = home._taste(facts(4, vectors=self.VECTORS), ANN)
        assert found.tolist() == pytest.approx([1.2247, 0.0, -1.2247, 0.0], abs=1e-3)

    def test_without_a_vector_nothing_is_said(self) -> None:
        assert not home._taste(facts(4, vectors=self.VECTORS), ANN).any()

    def test_a_vector_of_another_length_is_of_another_time(self) -> None:
        store.client.set(f"vector:{ANN.pk}", b"\x00\x3c" * (VECTOR + 1))
        assert not home._taste(facts(4, vectors=self.VECTORS), ANN).any()

    def test_of_one_note_alone_nothing_can_be_said(self) -> None:
        self.learned(1.0)
        assert not home._taste(facts(1, vectors=self.VECTORS[:1]), ANN).any()

    def test_it_is_bounded(self) -> None:
        self.learned(1.0)
        vectors = np.zeros((50, VECTOR))
        vectors[:, 1] = 1.0
        vectors[0, 0] = 1.0
        found = home._taste(facts(50, vectors=vectors), ANN)
        assert found[0] == 3.0


class TestWhyInWords:
    """The reason that is told first."""

    def told(self, order: home.Order, place: int) -> why.Why:
        return why._explained(order, place)

    def test_a_promised_place_is_its_own_reason(self) -> None:
        points = [9.0 - n for n in range(8)]
        order = arranged(facts(8, counts=seen(*[CHANCE + 1.0] * 7, 0.0)), points)
        found = self.told(order, 4)
        assert found.reason == str(reasons.PLACES["fresh"])
        assert found.terms[-1].name == "fresh_place"
        assert found.terms[-1].contribution == order.shift[4]
        assert sum(term.contribution for term in found.terms) == found.score

    def test_what_variety_took_is_told(self) -> None:
        authors = np.array([1, 1, 2])
        order = arranged(facts(3, authors=authors), [9.0, 8.0, 2.0])
        assert order.ids.tolist() == [100, 102, 101]
        found = self.told(order, 2)
        assert [term.name for term in found.terms] == ["liked", "variety"]
        assert sum(term.contribution for term in found.terms) == found.score == 2.0

    @pytest.mark.parametrize("source", [name for name in home.SOURCES if name != "explore"])
    def test_the_source_is_the_reason_of_others(self, source: str) -> None:
        order = arranged(facts(1), [1.0])
        order.sources[0] = source
        assert self.told(order, 0).reason == str(reasons.SOURCES[source])

    @pytest.mark.parametrize("term", sorted(reasons.STRONG))
    def test_of_what_is_explored_the_strongest_term_is_the_reason(self, term: str) -> None:
        values = scoring.table({term: np.array([2.0])}, 1)
        weights = scoring.exact_weights({term: 3.0})
        order = home.Order(
            1, 1, weights, np.array([5]), values, np.zeros(1), [""], ["explore"], frozenset()
        )
        assert self.told(order, 0).reason == str(reasons.STRONG[term])

    def test_terms_are_told_strongest_first_whatever_their_sign(self) -> None:
        values = scoring.table({"liked": np.array([1.0]), "age": np.array([9.0])}, 1)
        weights = scoring.exact_weights({"liked": 2.0, "age": -1.0})
        order = home.Order(
            1, 1, weights, np.array([5]), values, np.zeros(1), [""], [""], frozenset({"taste"})
        )
        found = self.told(order, 0)
        assert [term.name for term in found.strongest] == ["age", "liked"]
        assert (found.score, found.missing) == (-7.0, ["taste"])
        assert len(found.missing_texts) == 1

    @pytest.mark.parametrize("term", TERMS)
    def test_every_term_has_words(self, term: str) -> None:
        assert str(reasons.TERMS[term])


class TestCandidates:
    """Which notes are looked at: a few hundred, the first source first."""

    def test_the_first_source_that_named_a_note_is_kept(self) -> None:
        found = Found()
        found.add("fresh", [1, 2])
        found.add("followed", [2, 3])
        assert found.sources == {1: "fresh", 2: "fresh", 3: "followed"}

    def test_no_more_than_so_many_are_looked_at(self) -> None:
        found = Found()
        found.add("explore", range(MOST + 50))
        found.add("followed", [9_999])
        assert len(found.sources) == MOST
        assert 9_999 not in found.sources

    @pytest.mark.parametrize("notes", [[], [1], [2**62, 1, 5]])
    def test_lists_are_read_as_they_were_written(self, notes: list[int]) -> None:
        assert unpack(pack(notes)) == notes
        assert unpack(None) == []

    @pytest.mark.parametrize(
        ("own", "other", "languages"),
        [
            (["en"], "some", ["en", "zh"]),
            (["zh"], "both", ["zh", "en"]),
            (["zh"], "none", ["zh"]),
            (["zh", "en"], "none", ["zh", "en"]),
            ([], "none", ["zh", "en"]),
        ],
    )
    def test_ones_own_language_comes_first(
        self, own: list[str], other: str, languages: list[str]
    ) -> None:
        found = languages_of(User(languages=own), Taste(other_language=other))
        assert found == languages if own else sorted(found) == sorted(languages)
