"""Second factors: codes of an app, recovery codes, staff before the desk, tokens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from accounts.mailing import send_due_letters
from accounts.models import Letter, Token, User
from conftest import PASSWORD

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def give_app(person: User) -> list[str]:
    """An authenticator app and recovery codes; returns these."""
    TOTP.activate(person, SECRET)
    return list(RecoveryCodes.activate(person).get_unused_codes())


def log_in(client: Client, name: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


def confirm(client: Client) -> None:
    """Show once more who one is."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/settings/profile/").status_code == 200


def test_ann_sets_up_an_app_and_is_asked_for_its_code(
    client: Client, ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    EmailAddress.objects.create(user=ann, email=ann.email, primary=True)
    log_in(client, "ann")
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'<code class="secret">(\w+)</code>', page)
    assert found is not None
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_now(found[1])})
    kinds = Authenticator.objects.filter(user=ann).values_list("type", flat=True)
    assert set(kinds) == {"totp", "recovery_codes"}
    assert found[1] not in str(Authenticator.objects.get(type="totp").data)
    assert "An authenticator app was set up" in Letter.objects.values_list("subject", flat=True)
    cache.clear()
    again = Client()
    assert log_in(again, "ann").headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code_now(found[1])})
    assert is_in(again)


def test_a_wrong_code_does_not_let_in(client: Client, ann: User) -> None:
    give_app(ann)
    log_in(client, "ann")
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client: Client, ann: User) -> None:
    code = give_app(ann)[0]
    log_in(client, "ann")
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client)
    again = Client()
    log_in(again, "ann")
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(again)


def test_a_token_asks_for_the_second_factor_too(api: Api, ann: User) -> None:
    recovery = give_app(ann)[0]
    asked = {"username": "ann", "password": PASSWORD}
    for code, problem in (("", "second_factor_required"), ("000000", "invalid_code")):
        answer = api().post("/api/v1/auth/token/", asked | {"code": code})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == problem
    now = code_now()  # another one half a minute later
    assert api().post("/api/v1/auth/token/", asked | {"code": now}).status_code == 201
    assert api().post("/api/v1/auth/token/", asked | {"code": now}).status_code == 400
    assert api().post("/api/v1/auth/token/", asked | {"code": recovery}).status_code == 201


def test_codes_are_not_guessed_for_long(api: Api, ann: User) -> None:
    give_app(ann)
    asked = {"username": "ann", "password": PASSWORD, "code": "000000"}
    codes = [api().post("/api/v1/auth/token/", asked).status_code for _ in range(11)]
    assert codes == [400] * 10 + [429]


def test_the_desk_is_for_staff_with_a_second_factor(
    client: Client, bo: User, settings: LazySettings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    log_in(client, bo.username)
    assert client.get("/admin/").headers["Location"] == "/accounts/2fa/"
    code = give_app(bo)[0]
    assert client.get("/admin/").headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    again = Client()
    log_in(again, bo.username)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert again.get("/admin/").status_code == 200


def test_on_ones_own_machine_the_desk_opens_without(client: Client, bo: User) -> None:
    log_in(client, bo.username)
    assert client.get("/admin/").status_code == 200


def test_moderators_get_no_powerful_token_without_a_second_factor(
    api: Api, bo: User, settings: LazySettings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    asked = {"username": bo.username, "password": PASSWORD, "scopes": ["read", "moderate"]}
    answer = api().post("/api/v1/auth/token/", asked)
    assert answer.json()["errors"][0]["code"] == "second_factor_missing"
    give_app(bo)
    assert api().post("/api/v1/auth/token/", asked | {"code": code_now()}).status_code == 201


PAGES = (
    "", "totp/activate/", "totp/deactivate/", "webauthn/", "webauthn/add/", "recovery-codes/",
    "recovery-codes/generate/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_it_speaks_the_readers_language(
    client: Client, mei: User, language: str
) -> None:
    User.objects.filter(pk=mei.pk).update(ui_language=language)
    log_in(client, "mei")
    confirm(client)
    give_app(mei)
    for path in PAGES:
        page = client.get(f"/accounts/2fa/{path}", follow=True).content.decode()
        chinese = "两步验证" in page
        assert chinese is (language == "zh-hans"), path


def test_the_tokens_page_makes_shows_once_and_revokes(client: Client, ann: User) -> None:
    log_in(client, "ann")
    confirm(client)
    form = {"name": "My script", "scopes": ["read"]}
    page = client.post("/settings/tokens/", form).content.decode()
    found = re.search(r'<code class="secret">(\w+)</code>', page)
    assert found is not None
    asked = client.get("/api/v1/me/", headers={"Authorization": f"Bearer {found[1]}"})
    assert asked.json()["username"] == "ann"
    assert found[1] not in client.get("/settings/tokens/").content.decode()
    send_due_letters()
    token = Token.objects.get()
    assert (token.name, token.scopes) == ("My script", ["read"])
    client.post(f"/settings/tokens/{token.pk}/removal/")
    assert not Token.objects.exists()


def test_a_token_of_somebody_else_cannot_be_revoked(client: Client, ann: User, api: Api) -> None:
    api(ann)
    client.force_login(ann)
    token = Token.objects.get()
    other = Client()
    other.force_login(User.objects.create_user("other", "other@example.org"))
    assert other.post(f"/settings/tokens/{token.pk}/removal/").status_code == 404
    assert Token.objects.count() == 1


def test_a_session_that_is_old_shows_again_who_it_is(client: Client, ann: User) -> None:
    client.force_login(ann)
    answer = client.post("/settings/tokens/", {"name": "x", "scopes": ["read"]})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Token.objects.exists()
