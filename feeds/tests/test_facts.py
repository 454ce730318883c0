"""Facts and candidates: what ranking is told of notes, and where notes come from."""

from __future__ import annotations

import numpy as np
import pytest

from accounts.actions import block, follow, mute
from accounts.models import User
from conftest import PostNote, bring_to
from feeds import candidates, reasons, store
from feeds.candidates import MOST, Found, keep_lists, languages_of, lists_of, pack, unpack
from feeds.facts import VECTOR, facts_of
from feeds.home import PLACES, SOURCES
from feeds.models import ContestedTopic, Less, Signal, Taste
from feeds.scoring import TERMS
from notes.actions import follow_topic, like, mute_topic
from notes.models import Topic


def test_a_note_nobody_met_has_facts_too(ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(mei, "Plain", language="zh")
    facts = facts_of([note.pk], ann)
    assert facts.ids.tolist() == [note.pk]
    assert facts.authors.tolist() == [mei.pk]
    assert facts.topics.tolist() == [0]
    assert facts.languages == ["zh"]
    assert facts.counts.seen.tolist() == [0]
    assert np.isnan(facts.sides.least).all()
    assert facts.vectors.shape == (1, VECTOR)
    assert not facts.vectors.any()
    assert not facts.follows[0]


def test_what_is_known_of_a_note_is_told(ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(mei, body="#tea")
    topic = Topic.objects.get(name="tea")
    vector = np.arange(VECTOR, dtype=np.float16)
    Signal.objects.create(
        note=note, seen=30, talked=4, disliked=2, least=0.4, divides=0.1, pool=1,
        vector=vector.tobytes(),
    )  # fmt: skip
    ContestedTopic.objects.create(topic=topic, divides=0.3)
    follow(ann, mei)
    like(ann, note)
    facts = facts_of([note.pk], ann)
    assert facts.topics.tolist() == [topic.pk]
    counts = facts.counts
    assert counts.seen.tolist() == [30]
    assert counts.liked.tolist() == [1]
    assert counts.talked.tolist() == [4]
    assert counts.disliked.tolist() == [2]
    assert facts.sides.least.tolist() == [0.4]
    assert facts.sides.contested.tolist() == [True]
    assert facts.vectors[0].tolist() == vector.tolist()
    assert facts.follows.tolist() == [True]
    assert facts.pool.tolist() == [1]


def test_nothing_is_told_of_what_may_not_be_recommended(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    removed, muted, blocked, unwanted, about = (
        post_note(mei), post_note(tang), post_note(mei), post_note(mei), post_note(mei, body="#x1")
    )  # fmt: skip
    bring_to(removed.case, "removed")
    mute(ann, tang)
    Less.objects.create(reader=ann, note=unwanted)
    mute_topic(ann, Topic.objects.get(name="x1"))
    everything = [note.pk for note in (removed, muted, blocked, unwanted, about)]
    assert facts_of(everything, ann).ids.tolist() == [blocked.pk]
    block(mei, ann)
    assert facts_of(everything, ann).ids.tolist() == []
    assert facts_of([], ann).ids.tolist() == []


def test_lists_are_kept_and_missing_ones_are_none(db: None) -> None:
    keep_lists({"near:1": [5, 2**62], "near:2": []})
    assert lists_of(["near:1", "near:2", "near:3"]) == [[5, 2**62], [], None]
    assert unpack(pack([3, 1])) == [3, 1]
    assert unpack(None) == []
    assert lists_of([]) == []


def test_the_first_source_of_a_note_counts_and_there_is_a_limit() -> None:
    found = Found()
    found.add("fresh", [1, 2])
    found.add("explore", range(10_000))
    assert found.sources[1] == "fresh"
    assert found.sources[3] == "explore"
    assert len(found.sources) == MOST


@pytest.mark.parametrize(
    ("languages", "other", "expected"),
    [
        (["en"], "some", ["en", "zh"]),
        (["en"], "none", ["en"]),
        (["zh", "en"], "none", ["zh", "en"]),
        ([], "none", ["zh", "en"]),
    ],
)
def test_own_languages_come_first(languages: list[str], other: str, expected: list[str]) -> None:
    reader = User(pk=1, languages=languages)
    assert languages_of(reader, Taste(reader=reader, other_language=other)) == expected


def test_candidates_come_from_every_source(ann: User, mei: User, post_note: PostNote) -> None:
    first, near, mine, topical, other = (post_note(mei, f"{n}", language="en") for n in range(5))
    about = post_note(mei, body="#tea")
    like(ann, first)
    follow_topic(ann, Topic.objects.get(name="tea"))
    keep_lists({f"near:{first.pk}": [near.pk], f"taste:{ann.pk}": [mine.pk]})
    found = candidates.gather(ann, Taste(reader=ann), ["tea"])
    assert found.sources[near.pk] == "near"
    assert found.sources[mine.pk] == "taste"
    assert found.sources[about.pk] == "topic"
    assert found.sources[topical.pk] == found.sources[other.pk] == "explore"
    assert not found.missing


def test_without_models_their_absence_is_told(ann: User, mei: User, post_note: PostNote) -> None:
    post_note(mei)
    store.client.delete(f"taste:{ann.pk}")
    assert candidates.gather(ann, Taste(reader=ann), []).missing == {"taste"}
    impersonal = Taste(reader=ann, personal=False)
    assert candidates.gather(ann, impersonal, []).missing == set()


def test_every_term_place_and_source_has_words() -> None:
    assert set(TERMS) < set(reasons.TERMS)
    assert {f"{place}_place" for place in PLACES if place} < set(reasons.TERMS)
    assert set(PLACES) - {""} == set(reasons.PLACES)
    assert set(SOURCES) == set(reasons.SOURCES)


@pytest.mark.parametrize("length", [0, 1, 7, 300])
def test_packed_lists_of_any_length_come_back(length: int) -> None:
    notes = [3 * n + 1 for n in range(length)]
    packed = pack(notes)
    assert len(packed) == 8 * length
    assert unpack(packed) == notes


def test_a_limited_note_is_no_candidate_that_can_be_shown(
    ann: User, mei: User, post_note: PostNote
) -> None:
    limited = post_note(mei, "Limited", state="limited", language="en")
    public = post_note(mei, "Public", language="en")
    keep_lists({f"taste:{ann.pk}": [limited.pk, public.pk]})
    found = candidates.gather(ann, Taste(reader=ann), [])
    assert limited.pk in found.sources
    assert facts_of(list(found.sources), ann).ids.tolist() == [public.pk]


def test_a_note_is_about_the_first_of_its_topics(ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(mei, body="#tea #cups #hills")
    first = min(topic.pk for topic in note.topics.all())
    facts = facts_of([note.pk, note.pk], ann)
    assert facts.topics.tolist() == [first]
    assert facts.language_ids.shape == (1,)
    assert 0 <= facts.age[0] < 1
    assert facts.tension.tolist() == [0.0]


def test_who_looks_at_their_own_notes_meets_them_too(mei: User, post_note: PostNote) -> None:
    note = post_note(mei, language="zh")
    assert facts_of([note.pk], mei).ids.tolist() == [note.pk]
    assert not facts_of([note.pk], mei).follows[0]
    found = candidates.gather(mei, Taste(reader=mei), [])
    assert found.sources[note.pk] == "followed"
