"""Many people arriving at once: each gets a turn, programs do not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts import waves
from accounts.models import Doorway, User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db


def form_of(name: str) -> dict[str, str]:
    return {"username": name, "email": f"{name}@example.org", "password1": PASSWORD}


def test_a_field_that_only_programs_fill_in(client: Client) -> None:
    client.post("/accounts/signup/", form_of("robot") | {"website": "http://x.example"})
    assert not User.objects.exists()


def test_who_comes_in_a_wave_gets_a_place_and_later_enters(client: Client) -> None:
    Doorway.objects.create(pk=1, next_at=timezone.now() + timedelta(seconds=90))
    page = client.post("/accounts/signup/", form_of("late")).content.decode()
    assert "Your turn comes in 6" in page
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    assert 'value="late"' in page
    early = client.post("/accounts/signup/", form_of("late") | {"ticket": ticket[1]})
    assert early.status_code == 200
    signed = waves.ticket_for(timezone.now() - timedelta(seconds=1))
    entered = client.post("/accounts/signup/", form_of("late") | {"ticket": signed})
    assert entered.status_code == 302
    other = Client().post("/accounts/signup/", form_of("twice") | {"ticket": signed})
    assert other.status_code == 200
    assert [user.username for user in User.objects.all()] == ["late"]


def test_a_made_up_ticket_is_no_ticket(client: Client) -> None:
    Doorway.objects.create(pk=1, next_at=timezone.now() + timedelta(hours=1))
    forged = form_of("sly") | {"ticket": f"{timezone.now().isoformat()}:x:y"}
    assert client.post("/accounts/signup/", forged).status_code == 200
    assert not User.objects.exists()


def test_a_program_is_told_when_to_come_back(client: Client) -> None:
    Doorway.objects.create(pk=1, next_at=timezone.now() + timedelta(seconds=90))
    body = form_of("late") | {"password": PASSWORD}
    answer = client.post("/api/v1/auth/register/", body, content_type="application/json")
    assert answer.status_code == 429
    assert 58 <= int(answer.headers["Retry-After"]) <= 61


def test_a_quiet_door_keeps_nobody_waiting(client: Client, settings: LazySettings) -> None:
    settings.SIGNUPS_PER_MINUTE = 60
    for n in range(5):
        assert Client().post("/accounts/signup/", form_of(f"guest_{n}")).status_code == 302
    assert waves.line_is_long() == timedelta()


def test_one_network_does_not_fill_the_house(client: Client, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup_network": "2/h/key"}
    codes = []
    for n in range(3):
        body = {"username": f"x_{n}", "email": f"x{n}@example.org", "password": PASSWORD}
        answer = client.post(
            "/api/v1/auth/register/",
            body,
            content_type="application/json",
            REMOTE_ADDR=f"203.0.113.{n}",
        )
        codes.append(answer.status_code)
    assert codes == [201, 201, 429]
