"""Forgetting: what nobody needs any longer is not kept."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.models import Notification

ADDRESSES_KEPT_FOR = timedelta(days=30)
NOTIFICATIONS_KEPT_FOR = timedelta(days=180)
IPV4_NETWORK, IPV6_NETWORK = 24, 48


def forget_what_is_old() -> None:
    """Cut addresses, drop old notifications, ended sessions and expired counters."""
    cut_addresses()
    now = timezone.now()
    Notification.objects.filter(created_at__lt=now - NOTIFICATIONS_KEPT_FOR).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        # Log-in counters carry addresses in their names.
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])


def cut_addresses() -> None:
    """Of addresses that were last seen 30 days ago only the network stays."""
    old = UserSession.objects.filter(last_seen_at__lt=timezone.now() - ADDRESSES_KEPT_FOR)
    for session in old.only("ip").iterator():
        if (network := network_of(session.ip)) != session.ip:
            UserSession.objects.filter(pk=session.pk).update(ip=network)


def network_of(address: str) -> str:
    """The first address of its network: /24 of IPv4, /48 of IPv6."""
    length = IPV6_NETWORK if ":" in address else IPV4_NETWORK
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False).network_address)
