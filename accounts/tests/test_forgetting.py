"""What nobody needs any longer is not kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.forgetting import forget_what_is_old, network_of
from accounts.models import Kind, Notification, User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::"),
        ("::1", "::"),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_addresses_are_cut_after_thirty_days(ann: User) -> None:
    for address in ("203.0.113.77", "203.0.113.88"):
        Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    old = UserSession.objects.get(ip="203.0.113.77")
    UserSession.objects.filter(pk=old.pk).update(last_seen_at=timezone.now() - timedelta(days=31))
    forget_what_is_old()
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"203.0.113.0", "203.0.113.88"}


def test_ended_sessions_and_expired_counters_go(ann: User) -> None:
    Client().post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    cache.set("counter", 1, timeout=-1)
    cache.set("kept", 1, timeout=600)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cache VALUES ('old', 'x', now() - interval '1 minute')")
    forget_what_is_old()
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert [key for (key,) in cursor.fetchall() if "kept" not in key and "rl" not in key] == []


def test_old_notifications_go(ann: User, mei: User) -> None:
    for days in (10, 181):
        told = Notification.objects.create(recipient=ann, actor=mei, kind=Kind.REPLY)
        moment = timezone.now() - timedelta(days=days)
        Notification.objects.filter(pk=told.pk).update(created_at=moment)
    forget_what_is_old()
    assert Notification.objects.count() == 1
