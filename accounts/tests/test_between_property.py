"""Whatever people do to each other, in whatever order: the counters are the rows, and a block is
a block."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.models import Block, Follow, FollowRequest, Mute, User, marks, suggested
from conftest import make_person
from tests.properties import TRY

pytestmark = pytest.mark.django_db
NAMES = ("ann", "mei", "tang")
BETWEEN = {
    name: getattr(actions, name)
    for name in (
        "follow", "unfollow", "block", "unblock", "mute", "unmute", "accept_request",
        "refuse_request", "remove_follower",
    )
}  # fmt: skip
ALONE = {
    "hide": lambda one: actions.change_profile(one, is_private=True),
    "open": lambda one: actions.change_profile(one, is_private=False),
}
STEPS = st.lists(
    st.tuples(st.sampled_from([*BETWEEN] * 2 + [*ALONE]), st.permutations(NAMES)),
    min_size=5,
    max_size=14,
)


def step(what: str, people: dict[str, User], one: str, other: str) -> None:
    """One thing that somebody does; what cannot be done changes nothing."""
    try:
        with transaction.atomic():
            if what in ALONE:
                ALONE[what](people[one])
            else:
                BETWEEN[what](people[one], people[other])
    except Http404:
        assert what in ("follow", "accept_request")


def check_all(people: dict[str, User]) -> None:
    for person in people.values():
        person.refresh_from_db()
        assert person.follower_count == Follow.objects.filter(followee=person).count()
        assert person.following_count == Follow.objects.filter(follower=person).count()
        if not person.is_private:
            assert not FollowRequest.objects.filter(target=person).exists()
    for block in Block.objects.all():
        pair = {block.blocker_id, block.blocked_id}
        for row in Follow.objects.all():
            assert {row.follower_id, row.followee_id} != pair
        for asked in FollowRequest.objects.all():
            assert {asked.requester_id, asked.target_id} != pair
    followed = set(Follow.objects.values_list("follower", "followee"))
    assert not followed & set(FollowRequest.objects.values_list("requester", "target"))


@given(STEPS)
@settings(parent=TRY, max_examples=TRY.max_examples // 3 + 1)
def test_the_counters_are_the_rows(steps: list[tuple[str, list[str]]]) -> None:
    with transaction.atomic():
        people = {name: make_person(name) for name in NAMES}
        for what, (one, other, _) in steps:
            step(what, people, one, other)
        check_all(people)
        transaction.set_rollback(True)


@pytest.mark.parametrize("what", ["follow", "block", "mute"])
def test_nobody_does_it_to_themselves(ann: User, what: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BETWEEN[what](ann, ann)
    assert list(refused.value.error_dict) == ["username"]
    assert not Follow.objects.exists()
    assert not Block.objects.exists()
    assert not Mute.objects.exists()


@pytest.mark.parametrize(
    "what", ["unfollow", "unblock", "unmute", "refuse_request", "remove_follower"]
)
def test_what_was_never_done_is_undone_without_a_word(ann: User, mei: User, what: str) -> None:
    for _ in range(2):
        BETWEEN[what](ann, mei)
    assert marks(ann, mei) == dict.fromkeys(("following", "requested", "blocked", "muted"), False)


def test_what_one_does_is_seen_by_oneself_alone(ann: User, mei: User) -> None:
    actions.follow(ann, mei)
    actions.mute(ann, mei)
    assert marks(ann, mei) == {
        "following": True, "requested": False, "blocked": False, "muted": True,
    }  # fmt: skip
    assert set(marks(mei, ann).values()) == {False}


@pytest.mark.parametrize("blocker", ["ann", "mei"])
def test_nobody_follows_across_a_block(ann: User, mei: User, blocker: str) -> None:
    one, other = (ann, mei) if blocker == "ann" else (mei, ann)
    actions.block(one, other)
    for follower, followee in ((ann, mei), (mei, ann)):
        with pytest.raises(Http404):
            actions.follow(follower, followee)
    actions.unblock(one, other)
    assert actions.follow(ann, mei)


def test_who_did_not_ask_is_not_let_in(ann: User, mei: User) -> None:
    with pytest.raises(Http404):
        actions.accept_request(ann, mei)
    assert not ann.followers.exists()


def test_who_follows_already_is_let_in_again_without_a_word(ann: User, mei: User) -> None:
    actions.follow(mei, ann)
    actions.accept_request(ann, mei)
    ann.refresh_from_db()
    assert ann.follower_count == 1


def test_one_who_is_suspended_is_followed_by_nobody_new(ann: User, mei: User) -> None:
    actions.suspend(mei)
    with pytest.raises(Http404):
        actions.follow(ann, mei)


def test_people_are_suggested_by_those_one_follows(ann: User, mei: User, tang: User) -> None:
    lin, yu = make_person("lin"), make_person("yu_")
    actions.follow(ann, mei)
    for followed in (tang, lin, ann):
        actions.follow(mei, followed)
    assert set(suggested(ann)) == {tang, lin}
    actions.mute(ann, tang)
    actions.block(lin, ann)
    actions.follow(mei, yu)
    assert list(suggested(ann)) == [yu]
    User.objects.filter(pk=yu.pk).update(is_limited=True)
    assert list(suggested(ann)) == []


def test_whom_most_follow_is_suggested_first(ann: User, mei: User, tang: User) -> None:
    lin, yu = make_person("lin"), make_person("yu_")
    for near in (mei, tang):
        actions.follow(ann, near)
        actions.follow(near, yu)
    actions.follow(mei, lin)
    assert list(suggested(ann)) == [yu, lin]


def test_every_change_of_whom_one_follows_is_another_timeline(ann: User, mei: User) -> None:
    versions = []
    for act in ("follow", "follow", "mute", "mute", "unmute", "unfollow", "unfollow"):
        BETWEEN[act](ann, mei)
        ann.refresh_from_db()
        versions.append(ann.following_version)
    assert versions == [1, 1, 2, 2, 3, 4, 4]
