"""Where a case can stand, who could read what it judges, and what stops a decision."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.policy import Outcome

MOST_ATTEMPTS = 5
OVERDUE_AFTER = timedelta(seconds=5)
# A claim that nothing came of is over then.
CLAIMED_FOR = timedelta(minutes=15)
# How much worse than the rest it is to leave what breaks a rule where it is.
HARM = {"self_harm": 3, "violence_threat": 3, "sexual": 3} | dict.fromkeys(
    ("hate", "harassment", "illegal_goods"), 2
)


class AlreadyDecidedError(Exception):
    """Somebody else decided the case since it was read."""


class ClaimedError(Exception):
    """Another moderator is at the case."""


class State(models.TextChoices):
    """Where a case stands, and with it what it judges."""

    PENDING = "pending", _("under review")
    PUBLISHED = "published", _("published")
    LIMITED = "limited", _("limited")
    HELD = "held", _("held for a person")
    REMOVED = "removed", _("removed")


class Readers(models.TextChoices):
    """Who could read the content once it is published."""

    EVERYONE = "everyone", _("everyone")
    SOME = "some", _("some people")
    NOBODY = "nobody", _("nobody else")


STATE_OF = {
    Outcome.PUBLISH: State.PUBLISHED,
    Outcome.WARN: State.PUBLISHED,
    Outcome.LIMIT: State.LIMITED,
    Outcome.HOLD: State.HELD,
    Outcome.REMOVE: State.REMOVED,
}
VISIBLE_STATES = (State.PUBLISHED, State.LIMITED)
OF_PRIVATE = Q(author__is_private=True) | Q(about__is_private=True)
PUBLIC = Q(readers=Readers.EVERYONE) & ~OF_PRIVATE
