"""What a reader wants none of: people, topics and words, wherever notes are recommended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.actions import block, mute, mute_word, unmute, unmute_word
from accounts.models import User
from notes import actions
from notes.models import Note, Topic, TopicFollow, TopicMute, topic_mark
from notes.tests.rows import note_of

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


def reads(reader: User) -> list[Note]:
    return list(Note.objects.recommendable(reader).order_by("pk"))


@pytest.mark.parametrize(
    ("word", "hidden"),
    [
        ("tea", True),
        ("TEA", True),
        ("ＴＥＡ", True),
        ("ea t", True),
        ("tea time", True),
        ("coffee", False),
        ("tea.", False),
        ("%", False),
        ("_ea", False),
        ("\\", False),
    ],
)
def test_a_word_keeps_a_note_away(ann: User, mei: User, word: str, hidden: bool) -> None:
    note = note_of(mei, "Tea time")
    mute_word(ann, word)
    assert reads(ann) == ([] if hidden else [note])


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("ＴＥＡ time", "tea"),
        ("Straße", "STRASSE"),
        ("STRASSE", "Straße"),
        ("ΟΔΟΣ", "οδος"),
        ("οδος", "ΟΔΟΣ"),
        ("the ﬁeld", "field"),
        ("a field", "ﬁeld"),
        ("ﾃｨｰ", "ティー"),
        ("Cafe\u0301", "café"),
        ("５０％ off", "50%"),
    ],
)
def test_a_word_is_found_however_either_side_spells_it(
    ann: User, mei: User, title: str, word: str
) -> None:
    note_of(mei, title)
    other = note_of(mei, "Something else")
    mute_word(ann, word)
    assert reads(ann) == [other]


@pytest.mark.parametrize("field", ["title", "body", "second_title", "second_body"])
def test_a_word_is_looked_for_in_both_languages_of_a_note(ann: User, mei: User, field: str) -> None:
    note_of(mei, **{"title": "x", field: "今天的龙井茶"})
    other = note_of(mei, "x")
    mute_word(ann, "龙井")
    assert reads(ann) == [other]


def test_two_fields_are_never_read_as_one_word(ann: User, mei: User) -> None:
    note = note_of(mei, "An afternoon at", body="tic stairs")
    mute_word(ann, "attic")
    assert reads(ann) == [note]


def test_a_word_is_ones_own_affair(ann: User, mei: User, tang: User) -> None:
    note = note_of(mei, "Tea time")
    word = mute_word(ann, "tea")
    assert reads(tang) == [note]
    assert list(Note.objects.visible(ann)) == [note]
    unmute_word(ann, word.pk)
    assert reads(ann) == [note]


@pytest.mark.parametrize("way", ["mutes", "blocks", "is blocked by"])
def test_people_keep_their_notes_away(ann: User, mei: User, tang: User, way: str) -> None:
    note_of(mei, "Tea")
    other = note_of(tang, "Rain")
    if way == "mutes":
        mute(ann, mei)
    else:
        block(*((ann, mei) if way == "blocks" else (mei, ann)))
    assert reads(ann) == [other]
    assert len(reads(tang)) == 2


def test_being_muted_changes_nothing_for_oneself(ann: User, mei: User) -> None:
    note = note_of(ann, "Tea")
    mute(ann, mei)
    assert reads(mei) == [note]
    unmute(ann, mei)
    assert reads(mei) == [note]


@pytest.fixture
def tea() -> Topic:
    return Topic.objects.create(name="tea", title="Tea")


def test_a_muted_topic_keeps_its_notes_away(ann: User, mei: User, tea: Topic) -> None:
    note, other = note_of(mei, "One"), note_of(mei, "Two")
    note.topics.add(tea)
    actions.mute_topic(ann, tea)
    assert reads(ann) == [other]
    actions.unmute_topic(ann, tea)
    assert reads(ann) == [note, other]


@pytest.mark.parametrize(
    ("acts", "mark"),
    [
        ("", ""),
        ("follow", "followed"),
        ("follow follow", "followed"),
        ("mute", "muted"),
        ("mute mute", "muted"),
        # The last word counts.
        ("follow mute", "muted"),
        ("mute follow", "followed"),
        ("follow unfollow", ""),
        ("mute unmute", ""),
        ("follow unmute", "followed"),
        ("mute unfollow", "muted"),
        ("unfollow", ""),
        ("unmute", ""),
        ("follow mute unmute", ""),
    ],
)
def test_following_and_muting_a_topic_exclude_each_other(
    ann: User, tea: Topic, acts: str, mark: str
) -> None:
    for act in acts.split():
        getattr(actions, f"{act}_topic")(ann, tea)
    assert topic_mark(ann, tea) == mark
    rows = (TopicFollow.objects.count(), TopicMute.objects.count())
    assert rows == (mark == "followed", mark == "muted")


def test_every_word_about_a_topic_makes_home_anew(ann: User, tea: Topic) -> None:
    versions = []
    for act in ("follow", "mute", "unmute", "unfollow"):
        getattr(actions, f"{act}_topic")(ann, tea)
        ann.refresh_from_db()
        versions.append(ann.feed_version)
    assert versions == [1, 2, 3, 4]


def test_choosing_topics_keeps_those_one_follows(ann: User) -> None:
    tea, rain, snow = (Topic.objects.create(name=n, title=n) for n in ("tea", "rain", "snow"))
    actions.follow_topic(ann, tea)
    actions.mute_topic(ann, rain)
    actions.choose_topics(ann, [rain, snow])
    assert [topic_mark(ann, topic) for topic in (tea, rain, snow)] == ["followed"] * 3


@pytest.mark.parametrize(("verb", "key"), [("follow", "following"), ("mute", "muted")])
def test_a_program_follows_and_mutes_and_takes_it_back(
    api: Api, ann: User, mei: User, tea: Topic, verb: str, key: str
) -> None:
    note_of(mei, "One").topics.add(tea)
    client, path = api(ann), "/api/v1/topics/TEA/"
    for method, marked in (("put", True), ("put", True), ("delete", False), ("delete", False)):
        assert getattr(client, method)(f"{path}{verb}/").status_code == 204
        other = "muted" if key == "following" else "following"
        assert client.get(path).json()["viewer"] == {key: marked, other: False}


def test_who_mutes_a_topic_can_still_reach_it(api: Api, ann: User, mei: User, tea: Topic) -> None:
    note_of(mei, "One").topics.add(tea)
    client = api(ann)
    client.put("/api/v1/topics/tea/mute/")
    assert client.get("/api/v1/topics/tea/").json()["viewer"]["muted"] is True
    assert client.get("/api/v1/topics/?q=tea").json()["results"] == []
    assert [t["name"] for t in api().get("/api/v1/topics/?q=tea").json()["results"]] == ["tea"]


def test_a_topic_that_nobody_can_come_across_is_not_there(
    api: Api, ann: User, mei: User, tea: Topic
) -> None:
    hidden = note_of(mei, "One", state="held")
    hidden.topics.add(tea)
    assert api(ann).get("/api/v1/topics/tea/").status_code == 404
    assert api(ann).put("/api/v1/topics/tea/follow/").status_code == 404
    assert not TopicFollow.objects.exists()
