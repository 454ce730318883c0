"""Guessing passwords: ten for an account, a hundred for an address, whatever becomes of Redis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PASSWORD, make_person
from feeds import store

pytestmark = pytest.mark.django_db
Guess = Callable[[str, str], Any]


def on_the_page(name: str, password: str, **about: Any) -> tuple[int, str]:
    answer = Client().post("/accounts/login/", {"login": name, "password": password}, **about)
    return answer.status_code, answer.content.decode()


def over_the_api(name: str, password: str, **about: Any) -> tuple[int, Any]:
    body = {"username": name, "password": password}
    answer = APIClient().post("/api/v1/auth/token/", body, **about)
    return answer.status_code, answer.json()


def test_ten_guesses_for_an_account_on_both_doors_together(ann: User) -> None:
    for n in range(5):
        assert over_the_api("ann", f"guess {n}")[0] == 400
        assert "not correct" in on_the_page("ann", f"guess {n}")[1]
    assert over_the_api("ann", PASSWORD)[0] == 429
    assert "Too many" in on_the_page("ann", PASSWORD)[1]


def test_the_count_outlives_redis(ann: User) -> None:
    for n in range(10):
        over_the_api("ann", f"guess {n}")
    store.client.flushdb()
    assert over_the_api("ann", PASSWORD)[0] == 429


def test_other_accounts_are_not_touched(ann: User, mei: User) -> None:
    for n in range(10):
        over_the_api("ann", f"guess {n}")
    assert over_the_api("mei", PASSWORD)[0] == 201


def test_a_hundred_guesses_for_an_address(db: None, settings: LazySettings) -> None:
    codes = [over_the_api(f"somebody_{n}", "guess")[0] for n in range(101)]
    assert codes == [400] * 100 + [429]
    elsewhere = over_the_api("somebody_0", "guess", REMOTE_ADDR="203.0.113.5")
    assert elsewhere[0] == 400


def test_a_made_up_address_gives_no_new_guesses(ann: User) -> None:
    for n in range(10):
        over_the_api("ann", f"guess {n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert over_the_api("ann", PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.99")[0] == 429


@pytest.mark.parametrize("door", [on_the_page, over_the_api])
def test_known_and_unknown_names_get_the_same_answer_for_the_same_work(
    ann: User, door: Guess, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    answers, work = [], []
    make_person("gone", is_active=False)
    for name in ("ann", "nobody", "gone"):
        hashed.clear()
        status, said = door(name, "guess")
        answers.append((status, said))
        work.append(len(hashed))
    assert work == [1, 1, 1]
    if door is over_the_api:
        assert answers[0] == answers[1] == answers[2]
    else:
        assert {status for status, _ in answers} == {200}
