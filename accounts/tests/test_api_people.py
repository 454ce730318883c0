"""The API of people: lists that show whom one may see, and verbs that can be said twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.actions import block, change_profile, follow, mute, suspend
from accounts.models import Follow, FollowRequest, User
from conftest import make_person

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
V1 = "/api/v1"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [person["username"] for person in answer.json()["results"]]


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
def test_what_is_said_twice_is_done_once_and_taken_back_twice(
    api: Api, ann: User, mei: User, verb: str
) -> None:
    client, path = api(ann), f"{V1}/users/mei/{verb}/"
    codes = [client.put(path).status_code for _ in range(2)]
    codes += [client.delete(path).status_code for _ in range(2)]
    assert codes == [204] * 4
    # Somebody blocked is still reached by name, to be unblocked.
    viewer = client.get(f"{V1}/users/mei/").json()["viewer"]
    assert set(viewer.values()) == {False}


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
@pytest.mark.parametrize("spelling", ["MEI", "ｍｅｉ", "Mei"])
def test_a_handle_is_known_in_every_case_and_width(
    api: Api, ann: User, mei: User, verb: str, spelling: str
) -> None:
    assert api(ann).put(f"{V1}/users/{spelling}/{verb}/").status_code == 204


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
def test_nobody_does_it_to_themselves(api: Api, ann: User, verb: str) -> None:
    refused = api(ann).put(f"{V1}/users/ann/{verb}/")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "username")


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
@pytest.mark.parametrize("away", ["suspended", "blocking"])
def test_who_is_away_cannot_be_told_from_nobody(
    api: Api, ann: User, mei: User, verb: str, away: str
) -> None:
    suspend(mei) if away == "suspended" else block(mei, ann)
    there = api(ann).put(f"{V1}/users/mei/{verb}/")
    nobody = api(ann).put(f"{V1}/users/nobody/{verb}/")
    assert (there.status_code, there.json()) == (404, nobody.json())


def test_a_private_account_is_asked(api: Api, ann: User, mei: User) -> None:
    change_profile(mei, is_private=True)
    client, path = api(ann), f"{V1}/users/mei/follow/"
    assert [client.put(path).status_code for _ in range(2)] == [202, 202]
    viewer = client.get(f"{V1}/users/mei/").json()["viewer"]
    assert (viewer["requested"], viewer["following"]) == (True, False)
    assert names(api(mei).get(f"{V1}/me/follow-requests/")) == ["ann"]
    assert api(mei).put(f"{V1}/me/follow-requests/ann/").status_code == 204
    assert client.put(path).status_code == 204
    assert Follow.objects.count() == 1


def test_a_request_is_refused_without_a_word(api: Api, ann: User, mei: User) -> None:
    change_profile(mei, is_private=True)
    follow(ann, mei)
    for _ in range(2):
        assert api(mei).delete(f"{V1}/me/follow-requests/ann/").status_code == 204
    assert not FollowRequest.objects.exists()
    assert api(mei).put(f"{V1}/me/follow-requests/ann/").status_code == 404


def test_requests_of_those_one_does_not_see_are_not_listed(
    api: Api, ann: User, mei: User, tang: User
) -> None:
    change_profile(mei, is_private=True)
    for person in (ann, tang):
        follow(person, mei)
    suspend(tang)
    assert names(api(mei).get(f"{V1}/me/follow-requests/")) == ["ann"]


def test_a_follower_is_sent_away(api: Api, ann: User, mei: User) -> None:
    follow(mei, ann)
    for _ in range(2):
        assert api(ann).delete(f"{V1}/me/followers/mei/").status_code == 204
    ann.refresh_from_db()
    assert (ann.follower_count, Follow.objects.count()) == (0, 0)


@pytest.mark.parametrize(("path", "act"), [("me/blocks/", block), ("me/mutes/", mute)])
def test_whom_one_keeps_away_one_sees_alone(
    api: Api, ann: User, mei: User, tang: User, path: str, act: Callable[[User, User], None]
) -> None:
    for person in (mei, tang):
        act(ann, person)
    assert set(names(api(ann).get(f"{V1}/{path}"))) == {"mei", "tang"}
    assert names(api(mei).get(f"{V1}/{path}")) == []
    suspend(tang)
    assert names(api(ann).get(f"{V1}/{path}")) == ["mei"]


@pytest.mark.parametrize("side", ["followers", "following"])
def test_lists_of_people_show_whom_the_reader_may_see(
    api: Api, ann: User, mei: User, tang: User, side: str
) -> None:
    lin = make_person("lin")
    for other in (mei, tang, lin):
        follow(*((other, ann) if side == "followers" else (ann, other)))
    path = f"{V1}/users/ann/{side}/"
    assert names(api().get(path)) == ["lin", "tang", "mei"]
    block(lin, mei)
    assert names(api(mei).get(path)) == ["tang", "mei"]
    suspend(tang)
    assert names(api().get(path)) == ["lin", "mei"]
    assert names(api().get(path, {"limit": 1})) == ["lin"]


def test_a_list_is_read_page_by_page(api: Api, ann: User) -> None:
    people = [make_person(f"reader_{n}") for n in range(5)]
    for person in people:
        follow(person, ann)
    found: list[str] = []
    url = f"{V1}/users/ann/followers/?limit=2"
    while url:
        page = api().get(url)
        found += names(page)
        url = page.json()["next"]
    assert found == [f"reader_{n}" for n in reversed(range(5))]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"languages": ["fr"]}, "languages"),
        ({"languages": "zh"}, "languages"),
        ({"languages": ["zh", "en", "zh"]}, "languages"),
        ({"ui_language": "de"}, "ui_language"),
        ({"is_private": "perhaps"}, "is_private"),
        ({"is_private": None}, "is_private"),
        ({"display_name": ["Ann"]}, "display_name"),
        ({"display_name": None}, "display_name"),
        ({"bio": {"a": 1}}, "bio"),
        ({"unwanted_kinds": ["verdict"]}, "unwanted_kinds"),
        ({"unwanted_kinds": ["like", "nonsense"]}, "unwanted_kinds"),
        ({"digest": "hourly"}, "digest"),
        ({"avatar": "me.jpg"}, "avatar"),
    ],
)
def test_what_is_no_value_of_a_field_changes_nothing(
    api: Api, ann: User, sent: dict[str, Any], field: str
) -> None:
    before = User.objects.values().get(pk=ann.pk)
    refused = api(ann).patch(f"{V1}/me/", sent, format="json")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"].split(".")[0] == field
    assert User.objects.values().get(pk=ann.pk) == before


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"languages": []}, []),
        ({"languages": ["zh"]}, ["zh"]),
        ({"unwanted_kinds": ["like", "save"]}, ["like", "save"]),
        ({"digest": "weekly"}, "weekly"),
        ({"shows_likes": True}, True),
        ({"greets_newcomers": True}, True),
        ({"ui_language": "zh-hant"}, "zh-hant"),
    ],
)
def test_a_setting_is_kept_and_told(
    api: Api, ann: User, sent: dict[str, Any], kept: object
) -> None:
    (field,) = sent
    assert api(ann).patch(f"{V1}/me/", sent, format="json").json()[field] == kept
    ann.refresh_from_db()
    assert getattr(ann, field) == kept


def test_an_empty_change_changes_nothing(api: Api, ann: User) -> None:
    assert api(ann).patch(f"{V1}/me/", {}, format="json").status_code == 200
    ann.refresh_from_db()
    assert ann.version == 1


def test_nobody_reads_the_address_of_another(api: Api, ann: User, mei: User) -> None:
    follow(ann, mei)
    for path in ("users/mei/", "users/mei/followers/", "users/ann/following/"):
        assert "example.org" not in api(ann).get(f"{V1}/{path}").content.decode()
    assert api(mei).get(f"{V1}/me/").json()["email"] == "mei@example.org"
