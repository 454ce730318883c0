"""E-mails: text and HTML in the reader's language, sent once, kept while nobody takes them."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.contrib.auth import tokens
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from accounts.actions import change_handle, leave
from accounts.mailing import send_due_letters
from accounts.models import Letter, User
from conftest import PASSWORD, make_person

pytestmark = pytest.mark.django_db
NEW = "a-new-word-for-the-lake"


class DeadServer(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: object) -> int:
        raise SMTPException("no")


def sent() -> mail.EmailMultiAlternatives:
    """The letter that was just written, after a worker came by."""
    send_due_letters()
    letter = mail.outbox[-1]
    assert isinstance(letter, mail.EmailMultiAlternatives)
    assert letter.alternatives[0][1] == "text/html"
    return letter


def link_in(letter: mail.EmailMultiAlternatives) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", str(letter.body))
    assert found is not None
    return found[1]


def sign_up(client: Client, name: str = "lin_1", language: str = "en") -> None:
    form = {"username": name, "email": f"{name}@example.org", "password1": PASSWORD}
    answer = client.post("/accounts/signup/", form, headers={"Accept-Language": language})
    assert answer.status_code == 302, answer.content.decode()


def test_joining_asks_whether_the_address_is_ones_own(client: Client) -> None:
    sign_up(client, language="zh-CN")
    letter = sent()
    assert letter.subject == "欢迎来到红叶：这是你的邮箱吗？"
    assert "@lin_1 在红叶填写了这个邮箱" in str(letter.body)
    link = link_in(letter)
    assert "lin_1@example.org" in client.get(link).content.decode()
    client.post(link)
    assert EmailAddress.objects.get(email="lin_1@example.org").verified is True


def test_joining_over_the_api_asks_too(client: Client) -> None:
    body = {"username": "lin", "email": "lin@example.org", "password": PASSWORD}
    client.post("/api/v1/auth/register/", body, content_type="application/json")
    client.post(link_in(sent()))
    assert EmailAddress.objects.get(email="lin@example.org").verified is True


def ask_for_reset(client: Client, email: str) -> None:
    answer = client.post("/accounts/password/reset/", {"email": email})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"


def test_a_forgotten_password_is_set_anew_once(client: Client, mei: User) -> None:
    EmailAddress.objects.create(user=mei, email=mei.email, primary=True)
    ask_for_reset(client, mei.email)
    letter = sent()
    assert letter.subject == "设置新密码"
    link = link_in(letter)
    form = client.get(link, follow=True)
    there = form.request["PATH_INFO"]
    client.post(there, {"password1": NEW, "password2": NEW})
    mei.refresh_from_db()
    assert mei.check_password(NEW)
    again = Client().get(link, follow=True).content.decode()
    assert "This link no longer works" in again


def test_a_link_to_a_new_password_dies_after_half_an_hour(
    client: Client, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmailAddress.objects.create(user=mei, email=mei.email, primary=True)
    ask_for_reset(client, mei.email)
    link = link_in(sent())

    later = timezone.now().replace(tzinfo=None) + timedelta(minutes=31)
    monkeypatch.setattr(tokens.PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client: Client) -> None:
    ask_for_reset(client, "nobody@example.org")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("must", ["mandatory", "optional"])
def test_joining_with_a_known_address_tells_its_owner_alone(
    client: Client, mei: User, settings: LazySettings, must: str
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = must
    EmailAddress.objects.create(user=mei, email=mei.email, primary=True, verified=True)
    form = {"username": "other", "email": mei.email, "password1": PASSWORD}
    known = client.post("/accounts/signup/", form)
    unknown = Client().post("/accounts/signup/", form | {"username": "x_y", "email": "x@y.org"})
    assert (known.status_code, known["Location"]) == (302, unknown["Location"])
    letters = {letter.to: letter.subject for letter in Letter.objects.all()}
    assert letters[mei.email] == "你已经有账号了"
    assert letters["x@y.org"] == "Welcome to Redleaf: is this your address?"


def test_nobody_reads_letters_about_an_account_that_borrowed_their_address(
    client: Client, mei: User
) -> None:
    EmailAddress.objects.create(user=mei, email=mei.email, primary=True, verified=True)
    form = {"username": "other", "email": mei.email, "password1": PASSWORD}
    client.post("/accounts/signup/", form)
    Letter.objects.all().delete()
    other = User.objects.get(username="other")
    change_handle(other, "another")
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert User.objects.get(username="another").check_password(NEW)
    moved = User(pk=other.pk, email="elsewhere@example.org")
    told = {"from_email": mei.email, "to_email": moved.email}
    get_adapter().send_notification_mail("account/email/email_changed", moved, told, mei.email)
    leave(other)
    assert not Letter.objects.exists()
    change_handle(mei, "mei_2")
    assert Letter.objects.get().to == mei.email


def test_of_many_who_give_one_address_one_confirms_it(client: Client, mei: User) -> None:
    sign_up(client, "lin_1")
    first = link_in(sent())
    User.objects.update(date_joined=timezone.now() - timedelta(hours=1))
    form = {"username": "lin_2", "email": "lin_1@example.org", "password": PASSWORD}
    other = Client()
    joined = other.post("/api/v1/auth/register/", form, content_type="application/json")
    assert joined.status_code == 201
    assert (second := link_in(sent())) != first
    assert other.post(second).status_code == 302
    client.post(first)
    confirmed = EmailAddress.objects.filter(email="lin_1@example.org", verified=True)
    assert [address.user.username for address in confirmed] == ["lin_2"]


def test_a_new_password_is_told(client: Client, ann: User) -> None:
    EmailAddress.objects.create(user=ann, email=ann.email, primary=True)
    client.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/accounts/password/change/", form)
    letter = sent()
    assert letter.subject == "Your password was changed"
    assert "from 127.0.0.1 with" in str(letter.body)


def test_a_server_that_takes_nothing_loses_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(client)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", DeadServer.send_messages)
        send_due_letters()
    letter = Letter.objects.get()
    assert letter.attempts == 1
    assert letter.due_at > timezone.now()
    Letter.objects.update(due_at=timezone.now())
    sent()
    assert not Letter.objects.exists()


def test_what_nobody_can_send_is_forgotten_after_three_days(client: Client) -> None:
    sign_up(client)
    old = timezone.now() - timedelta(days=4)
    Letter.objects.update(attempts=5, created_at=old)
    send_due_letters()
    assert not Letter.objects.exists()


def test_names_in_letters_are_only_text(client: Client) -> None:
    lin = make_person("lin", display_name="<b>http://evil.example</b>")
    EmailAddress.objects.create(user=lin, email=lin.email, primary=True)
    ask_for_reset(client, lin.email)
    letter = sent()
    assert "evil" not in str(letter.body)
    assert "<b>" not in str(letter.alternatives[0][0])
