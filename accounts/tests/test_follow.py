"""Following and unfollowing: exact, whatever happens at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from rest_framework.test import APIClient

from accounts.actions import follow, unfollow
from accounts.models import Follow, Notification, User
from conftest import make_person

Api = Callable[..., APIClient]


def counts(follower: User, followee: User) -> tuple[int, int]:
    follower.refresh_from_db()
    followee.refresh_from_db()
    return follower.following_count, followee.follower_count


def test_following_twice_counts_once(ann: User, mei: User) -> None:
    follow(ann, mei)
    follow(ann, mei)
    assert counts(ann, mei) == (1, 1)


def test_unfollowing_twice_counts_once(ann: User, mei: User) -> None:
    follow(ann, mei)
    unfollow(ann, mei)
    unfollow(ann, mei)
    assert counts(ann, mei) == (0, 0)


def test_every_change_of_whom_one_follows_names_a_new_timeline(ann: User, mei: User) -> None:
    follow(ann, mei)
    unfollow(ann, mei)
    ann.refresh_from_db()
    assert ann.following_version == 2


def test_nobody_follows_themselves(ann: User) -> None:
    with pytest.raises(ValidationError):
        follow(ann, ann)
    assert not Follow.objects.exists()


def test_followers_and_following_are_listed_latest_first(
    api: Api, ann: User, mei: User, tang: User
) -> None:
    follow(ann, mei)
    follow(tang, mei)
    followers = api().get("/api/v1/users/mei/followers/").json()["results"]
    assert [person["username"] for person in followers] == ["tang", "ann"]
    following = api().get("/api/v1/users/tang/following/").json()["results"]
    assert [person["username"] for person in following] == ["mei"]


def test_following_somebody_unknown_is_a_404(api: Api, ann: User) -> None:
    assert api(ann).put("/api/v1/users/nobody/follow/").status_code == 404


def test_following_oneself_is_a_400(api: Api, ann: User) -> None:
    refused = api(ann).put("/api/v1/users/ann/follow/")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "username"


@pytest.mark.django_db(transaction=True)
def test_a_hundred_follows_at_once_are_one() -> None:
    ann, mei = make_person("ann"), make_person("mei")

    def once(_: int) -> None:
        try:
            follow(User.objects.get(pk=ann.pk), User.objects.get(pk=mei.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(once, range(100)))
    assert counts(ann, mei) == (1, 1)
    assert Notification.objects.filter(recipient=mei).count() == 1
