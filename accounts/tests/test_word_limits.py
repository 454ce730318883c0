"""Names, bios, words and tokens: counted as they are stored, the same on both doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import MutedWord, Token, User
from conftest import PASSWORD

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

# Two code points that are stored as one, and one that stays one.
UNITS = [("e\u0301", "\u00e9"), ("か\u3099", "が"), ("🍁", "🍁"), ("x", "x")]
# One character that folding makes eighteen of.
LIGATURE = "\ufdfa"


def change_by_page(browser: Client, **words: str) -> Any:
    return browser.post("/settings/profile/", {"display_name": "", "bio": ""} | words)


@pytest.mark.parametrize(("written", "kept"), UNITS)
@pytest.mark.parametrize(("field", "longest"), [("display_name", 40), ("bio", 500)])
def test_a_profile_is_full_at_its_limit_on_both_doors(
    api: Api, browser_of: BrowserOf, ann: User, field: str, longest: int, written: str, kept: str
) -> None:
    full, more = written * longest, written * (longest + 1)
    words = f"At most {longest} characters; these are {longest + 1}."
    refused = api(ann).patch("/api/v1/me/", {field: more})
    assert refused.json()["errors"] == [{"field": field, "code": "max_length", "detail": words}]
    page = change_by_page(browser_of(ann), **{field: more})
    assert (page.status_code, page.context["form"].errors) == (200, {field: [words]})
    assert api(ann).patch("/api/v1/me/", {field: full}).json()[field] == kept * longest
    ann.refresh_from_db()
    assert ann.own_words[field] == kept * longest
    change_by_page(browser_of(ann))
    assert change_by_page(browser_of(ann), **{field: full}).status_code == 302
    ann.refresh_from_db()
    assert ann.own_words[field] == kept * longest


def test_a_profile_that_is_refused_changes_nothing_at_all(
    api: Api, browser_of: BrowserOf, ann: User
) -> None:
    before = ann.own_words
    page = change_by_page(browser_of(ann), display_name="Ann", bio="tea\x07time")
    assert page.context["form"].errors == {
        "bio": ["The text holds characters that cannot be shown."]
    }
    refused = api(ann).patch("/api/v1/me/", {"bio": "tea\x07time", "is_private": True})
    assert [error["field"] for error in refused.json()["errors"]] == ["bio"]
    ann.refresh_from_db()
    assert (ann.own_words, ann.is_private, ann.proposed_at) == (before, False, None)


@pytest.mark.parametrize(("written", "kept"), UNITS)
def test_the_name_of_a_token_is_full_at_sixty(
    api: Api, browser_of: BrowserOf, ann: User, written: str, kept: str
) -> None:
    def ask(name: str) -> Any:
        asked = {"username": "ann", "password": PASSWORD, "name": name}
        return api().post("/api/v1/auth/token/", asked)

    words = "At most 60 characters; these are 61."
    error = {"field": "name", "code": "max_length", "detail": words}
    assert ask(written * 61).json()["errors"] == [error]
    assert ask(written * 60).status_code == 201
    assert Token.objects.get(name=kept * 60).user == ann


@pytest.mark.parametrize("name", ["a\x07b", "a\x7fb", "x" * 61])
def test_a_token_under_no_name_that_could_not_be_shown(
    api: Api, browser_of: BrowserOf, ann: User, name: str
) -> None:
    browser = browser_of(ann)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.post("/settings/tokens/", {"name": name, "scopes": ["read"]})
    assert (page.status_code, page.context["secret"]) == (200, "")
    assert list(page.context["form"].errors) == ["name"]
    asked = {"username": "ann", "password": PASSWORD, "name": name}
    assert api().post("/api/v1/auth/token/", asked).status_code == 400
    assert not Token.objects.exists()


def test_a_word_is_counted_as_it_is_compared(api: Api, browser_of: BrowserOf, ann: User) -> None:
    fits, too_long = LIGATURE * 3, LIGATURE * 4
    words = "At most 60 characters; these are 72."
    refused = api(ann).post("/api/v1/me/muted-words/", {"word": too_long})
    error = {"field": "word", "code": "max_length", "detail": words}
    assert (refused.status_code, refused.json()["errors"]) == (400, [error])
    page = browser_of(ann).post("/settings/words/", {"word": too_long})
    assert page.context["form"].errors == {"word": [words]}
    assert api(ann).post("/api/v1/me/muted-words/", {"word": fits}).status_code == 201
    assert len(MutedWord.objects.get().word) == 54


@pytest.mark.parametrize("word", ["", "  ", "\u200b\u200d", "\u3000"])
def test_nothing_is_no_word(api: Api, browser_of: BrowserOf, ann: User, word: str) -> None:
    refused = api(ann).post("/api/v1/me/muted-words/", {"word": word})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "word")
    assert browser_of(ann).post("/settings/words/", {"word": word}).status_code == 200
    assert not MutedWord.objects.exists()


def test_an_address_that_is_too_long_in_plain_letters_is_refused_and_not_cut(
    api: Api, ann: User
) -> None:
    squared = "㎏" * 28  # each is two letters in plain writing
    address = f"a@{'.'.join([squared] * 8)}.org"
    assert len(address) < 254
    form = {"username": "newcomer", "email": address, "password1": PASSWORD}
    page = Client().post("/accounts/signup/", form)
    assert page.context["form"].errors == {
        "email": ["At most 254 characters; these are 461."],
    }
    joined = api().post("/api/v1/auth/register/", {**form, "password": PASSWORD})
    assert {error["field"] for error in joined.json()["errors"]} == {"email"}
    assert list(User.objects.all()) == [ann]
