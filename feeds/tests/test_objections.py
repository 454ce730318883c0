"""Objections: everybody is heard, but no crowd that says no to everything rules."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils import timezone

from accounts.models import User
from conftest import make_person
from feeds import scoring
from feeds.delivery import deliver_published
from feeds.facts import facts_of
from feeds.learning.bridging import Reactions, bridge
from feeds.learning.objections import ALWAYS, heard
from feeds.models import Encounter, Less, Place, Signal
from feeds.sides import SUPPOSED, _groups, learn_sides
from feeds.tests.test_following_property import write
from notes.models import Like, Note


def weights(*readers: tuple[int, int]) -> list[float]:
    """Of readers who objected so often to so many that they were shown."""
    objected, shown = np.array(readers, float).T
    return [round(weight, 4) for weight in heard(objected, shown).tolist()]


class TestWeights:
    """What the objections of a reader count, from how many they made."""

    def test_who_objects_as_often_as_others_is_heard_in_full(self) -> None:
        assert weights(*[(2, 100)] * 20) == [1.0] * 20

    def test_who_objects_to_everything_is_hardly_heard(self) -> None:
        *calm, angry = weights(*[(2, 100)] * 40, (100, 100))
        assert calm == [1.0] * 40
        # Usual are 2 in 100; twice that and the three that are always heard make 7 of 100.
        assert angry == round((7 / 100) ** 2, 4)

    def test_more_objections_never_weigh_more_in_all_once_the_budget_is_spent(self) -> None:
        calm = [(2, 100)] * 60
        totals = [n * weights(*calm, (n, 100))[-1] for n in (7, 10, 20, 50, 100)]
        assert totals == sorted(totals, reverse=True)

    def test_the_first_objections_of_a_newcomer_always_count(self) -> None:
        assert weights((int(ALWAYS), int(ALWAYS)), *[(0, 100)] * 30)[0] == 1.0

    def test_a_place_where_all_object_a_lot_silences_nobody(self) -> None:
        assert weights(*[(50, 100)] * 30) == [1.0] * 30

    def test_nobody_shown_anything_is_no_error(self) -> None:
        assert weights((0, 0), (1, 0), (9, 0)) == [1.0, 1.0, round((3 / 9) ** 2, 4)]
        assert heard(np.array([]), np.array([])).tolist() == []

    @pytest.mark.parametrize("seed", range(5))
    def test_weights_are_shares_whatever_happened(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        shown = rng.integers(0, 200, 50).astype(float)
        found = heard(np.floor(shown * rng.random(50)), shown)
        assert ((found > 0) & (found <= 1)).all()


class TestGroups:
    """Readers of one language are supposed to stand together, as far as their likes say so."""

    @staticmethod
    def quarrel(agrees: float, groups: bool, people: int = 200) -> tuple[Reactions, np.ndarray]:
        """Twelve notes that two camps see differently; who said little is half of the readers.

        `agrees` is the share of each language that is in the camp of its language.
        """
        rng = np.random.default_rng(11)
        language = np.arange(people) % 2
        camp = np.where(rng.random(people) < agrees, language, 1 - language)
        chance = np.where(camp[:, None] == np.arange(12) % 2, 0.85, 0.15)
        often = np.where(np.arange(people) < people // 2, 0.6, 0.1)[:, None]
        readers, notes = np.nonzero(rng.random((people, 12)) < often)
        values = (rng.random(len(readers)) < chance[readers, notes]).astype(float)
        known = Reactions(
            readers, notes, values, np.ones(len(values)), (people, 12), language if groups else None
        )
        return known, camp

    def found(self, agrees: float, groups: bool) -> float:
        """Share of those who said little that are placed on the side where they belong."""
        known, camp = self.quarrel(agrees, groups)
        places = bridge(known, np.where(np.arange(200) % 2, 1.0, -1.0)).readers.slope[100:]
        return float(np.mean((places > 0) == (camp[100:] == 1)))

    def test_who_said_little_stands_where_their_language_does(self) -> None:
        assert self.found(0.95, groups=True) > self.found(0.95, groups=False)
        assert self.found(0.95, groups=True) > 0.9

    def test_where_languages_do_not_differ_nothing_is_supposed(self) -> None:
        known, _ = self.quarrel(0.5, groups=True)
        found = bridge(known, np.where(np.arange(200) % 2, 1.0, -1.0)).readers.slope
        language = np.arange(200) % 2
        assert abs(found[language == 1].mean() - found[language == 0].mean()) < 0.3

    def test_without_groups_places_have_the_spread_that_defines_their_unit(self) -> None:
        known, _ = self.quarrel(0.9, groups=False)
        assert bridge(known).spread.places == pytest.approx(1.0)
        known, _ = self.quarrel(0.95, groups=True)
        assert bridge(known, np.where(np.arange(200) % 2, 1.0, -1.0)).spread.places < 1.0


@pytest.mark.django_db
class TestACrowd:
    """Fifteen readers; some of them want less of whatever Mei writes."""

    @pytest.fixture
    def crowd(self, mei: User, tang: User) -> tuple[list[User], list[Note], list[Note]]:
        people = [make_person(f"reader{n}", languages=["en"]) for n in range(15)]
        hers, others = [write(mei) for _ in range(8)], [write(tang) for _ in range(8)]
        deliver_published()
        now = timezone.now()
        Encounter.objects.bulk_create(
            Encounter(reader=person, note=note, place=Place.HOME, at=now)
            for person in people
            for note in hers + others
        )
        Like.objects.bulk_create(
            Like(user=person, note=note) for person in people[2:] for note in (hers + others)[::3]
        )
        Less.objects.bulk_create(Less(reader=people[0], note=note) for note in hers)
        Less.objects.create(reader=people[1], note=others[0])
        for note in (*hers, others[0]):
            Signal.objects.create(note=note, seen=15, disliked=1)
        return people, hers, others

    def test_what_counts_of_an_objection_depends_on_who_makes_it(
        self, ann: User, crowd: tuple[list[User], list[Note], list[Note]]
    ) -> None:
        _, hers, others = crowd
        learn_sides()
        facts = facts_of([hers[0].pk, others[0].pk], ann)
        counted = dict(zip(facts.ids.tolist(), facts.counts.disliked.tolist(), strict=True))
        assert counted[others[0].pk] == 1.0
        assert counted[hers[0].pk] < 0.3
        assert Signal.objects.get(note=hers[0]).disliked == 1  # what happened stays as it was

    def test_who_takes_objections_back_leaves_nothing_behind(
        self, ann: User, crowd: tuple[list[User], list[Note], list[Note]]
    ) -> None:
        people, hers, _ = crowd
        learn_sides()
        Less.objects.filter(reader=people[0]).delete()
        learn_sides()
        assert not Signal.objects.filter(excess__gt=0).exists()
        assert facts_of([hers[0].pk], ann).counts.disliked.tolist() == [1.0]

    def test_the_crowd_is_not_taken_for_the_less_pleased_side(
        self, crowd: tuple[list[User], list[Note], list[Note]]
    ) -> None:
        _, hers, others = crowd
        learn_sides()
        least = dict(Signal.objects.values_list("note", "least"))
        liked_of_hers, liked_of_others = least[hers[3].pk], least[others[1].pk]
        assert liked_of_hers is not None
        assert liked_of_others is not None
        assert liked_of_hers > liked_of_others - 0.1


def test_an_objection_that_counts_in_part_takes_part_of_the_points() -> None:
    counts = scoring.Counts(*np.array([[40.0, 8, 20, 2], [40, 8, 20, 0.5], [40, 8, 20, 0]]).T)
    points = scoring.rates(counts)["disliked"] * scoring.DEFAULT_WEIGHTS["disliked"]
    # (2 + 10 * 0.04) / 50 and so on, times -10.
    assert points.tolist() == pytest.approx([-0.48, -0.18, -0.08])


@pytest.mark.django_db
def test_readers_are_grouped_by_what_they_read() -> None:
    people = [
        make_person(f"reader{n}", languages=languages)
        for n, languages in enumerate((["en"], ["zh"], ["zh", "en"], ["en", "zh"], []))
    ]
    found = _groups(np.array([*(person.pk for person in people), 999_999]))
    assert found.tolist() == [0, 1, 2, 2, 2, 2]
    assert SUPPOSED[found].tolist() == [1.0, -1.0, 0.0, 0.0, 0.0, 0.0]
