"""Why: the terms that are told are those that ranked, to the last bit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote
from feeds import home, scoring
from feeds.actions import weigh
from feeds.models import Weights
from feeds.scoring import TERMS
from feeds.slates import Candidates, arrange
from feeds.tests.homes import ids
from notes.actions import like
from notes.models import Note

Api = Callable[..., APIClient]


class TestWhy:
    """The terms that are told are those that ranked."""

    def test_contributions_add_up_to_the_score_and_tell_the_order(
        self, ann: User, mei: User, notes: list[Note], api: Api
    ) -> None:
        follow(ann, mei)
        like(ann, notes[2])
        ann.refresh_from_db()
        page = api(ann).get("/api/v1/feeds/home/").json()["results"]
        told = [api(ann).get(f"/api/v1/notes/{note['id']}/why/").json() for note in page]
        for why in told:
            assert sum(term["contribution"] for term in why["terms"]) == why["score"]
            for term in why["terms"]:
                assert term["value"] * term["weight"] == term["contribution"]
                assert term["text"]
            assert why["reason"]
        scores = [why["score"] for why in told]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 8

    def test_on_500_random_pages_scores_fall_along_what_was_served(self) -> None:
        """Stored and read again: not a bit is lost."""
        for seed in range(500):
            order = random_order(seed)
            again = home.unpack(home.pack(order))
            assert again.ids.tolist() == order.ids.tolist()
            assert again.places == order.places
            assert again.sources == order.sources
            assert again.missing == order.missing
            told = [
                sum((value * weight for value, weight in zip(row, again.weights, strict=True)), 0.0)
                + shift
                for row, shift in zip(again.values, again.shift, strict=True)
            ]
            assert told == order.scores.tolist()
            assert told == sorted(told, reverse=True)

    def test_what_nothing_is_known_about_is_named(
        self, ann: User, notes: list[Note], api: Api
    ) -> None:
        why = api(ann).get(f"/api/v1/notes/{notes[0].pk}/why/").json()
        assert {"bridging", "consensus", "one_sided"} <= set(why["missing"])
        assert not {"bridging"} & {term["name"] for term in why["terms"]}

    def test_a_note_that_is_not_in_the_home_is_measured_beside_others(
        self, ann: User, notes: list[Note], post_note: PostNote, tang: User, api: Api
    ) -> None:
        ids(ann)
        late = post_note(tang, "Late")
        why = api(ann).get(f"/api/v1/notes/{late.pk}/why/").json()
        assert sum(term["contribution"] for term in why["terms"]) == why["score"]

    def test_it_is_in_the_readers_language(self, mei: User, notes: list[Note], api: Api) -> None:
        client = api(mei)
        found = client.get(
            f"/api/v1/notes/{notes[1].pk}/why/", HTTP_ACCEPT_LANGUAGE="zh-hans"
        ).json()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in found["reason"])

    @pytest.mark.parametrize("state", ["held", "removed", "pending"])
    def test_of_what_one_may_not_see_nothing_is_told(
        self, ann: User, mei: User, post_note: PostNote, api: Api, state: str
    ) -> None:
        note = post_note(mei, state=state)
        for path in ("why", "related", "less"):
            call = api(ann).put if path == "less" else api(ann).get
            assert call(f"/api/v1/notes/{note.pk}/{path}/").status_code == 404
        assert api().get(f"/api/v1/notes/{note.pk}/why/").status_code == 401

    def test_the_version_of_the_weights_is_told(
        self, ann: User, bo: User, notes: list[Note], api: Api
    ) -> None:
        version = weigh({"liked": 5.0}, bo, "more of what is liked")
        why = api(ann).get(f"/api/v1/notes/{notes[0].pk}/why/").json()
        assert why["weights_version"] == version.pk
        assert Weights.current()[1]["liked"] == 5.0
        assert Weights.current()[1]["age"] == -0.3


def random_order(seed: int) -> home.Order:
    """As a ranking makes it, of random notes."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 120))
    weights = scoring.exact_weights({t: rng.normal(0, 3) for t in TERMS})
    values = scoring.on_grid(rng.normal(0, 3, (count, len(TERMS))))
    scores = scoring.score(values, weights)
    fresh = rng.random(count) < 0.2
    notes = Candidates(
        rng.integers(1, 20, count), rng.integers(0, 5, count), rng.integers(1, 3, count),
        fresh, rng.random(count) < 0.2,
    )  # fmt: skip
    slate = arrange(scores, notes, 60, np.flatnonzero(fresh))
    return home.Order(
        seed, 3, weights, slate.order + 7, values[slate.order], slate.shift, slate.places,
        [home.SOURCES[n % 7] for n in range(len(slate.order))], frozenset({"taste"}),
    )  # fmt: skip
