"""When many people arrive at once: everybody gets a turn, and is told when it comes.

No third party is asked who is human. A field that only programs fill in, limits for an address
and for its network, and one line for all: `per_minute` turns a minute, the first ones at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from accounts.forgetting import network_of

# Who comes while the line is shorter than this need not wait.
AT_ONCE = timedelta(seconds=30)
TICKET_LASTS = timedelta(minutes=15)
_signer = signing.TimestampSigner(salt="ticket")

_TAKE = """
INSERT INTO accounts_doorway (id, next_at) VALUES (1, now() + %(turn)s)
ON CONFLICT (id) DO UPDATE SET next_at = GREATEST(accounts_doorway.next_at, now()) + %(turn)s
RETURNING next_at
"""


def take_turn() -> datetime:
    """Take the next place in the line; return when its turn is."""
    turn = timedelta(minutes=1) / settings.SIGNUPS_PER_MINUTE
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"turn": turn})
        moment: datetime = cursor.fetchone()[0]
    return moment - AT_ONCE


def line_is_long() -> timedelta:
    """Return how long somebody who came now would wait; nothing when they need not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_at FROM accounts_doorway")
        row = cursor.fetchone()
    free_at = row[0] - AT_ONCE if row else timezone.now()
    return max(free_at - timezone.now(), timedelta())


def ticket_for(turn: datetime) -> str:
    return _signer.sign(turn.isoformat())


def turn_of(ticket: str) -> datetime | None:
    """Return the turn on a ticket; None when we did not give it or it is used."""
    try:
        return datetime.fromisoformat(_signer.unsign(ticket, max_age=TICKET_LASTS))
    except signing.BadSignature:
        return None


def use_up(ticket: str) -> bool:
    """Whether the ticket is used for the first time."""
    return bool(cache.add(f"ticket:{ticket[-40:]}", 1, TICKET_LASTS.total_seconds()))


def network_is_busy(request: HttpRequest, address: str) -> bool:
    """Whether too many people joined from one network within an hour."""
    return not ratelimit.consume(request, action="signup_network", key=network_of(address))
