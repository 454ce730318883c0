"""How far an account is trusted, and what it may before it is: told from what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

# Days, and notes or comments that others could read, in which what is missing halves.
HALF_DAYS, HALF_PUBLISHED = 3.0, 3.0
NEW, KNOWN = 0.25, 0.75


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may hold, at most, before its reach is limited."""

    links: int
    mentions: int


LIMITS = ((NEW, Limits(links=2, mentions=5)), (KNOWN, Limits(links=5, mentions=10)))
UNLIMITED = Limits(links=1_000, mentions=1_000)


def trust(age_days: float, published: int, restricted: int = 0) -> float:
    """0 for somebody who just came, towards 1 with time and with what was published.

    Each restriction by a person that stands counts once more against it.
    """
    grown: float = 1 - 0.5 ** (age_days / HALF_DAYS + published / HALF_PUBLISHED)
    return grown / (1 + restricted)


def limits(trusted: float) -> Limits:
    """What somebody who is trusted so far may write without losing reach."""
    return next((found for below, found in LIMITS if trusted < below), UNLIMITED)
