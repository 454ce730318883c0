"""Unread notifications by e-mail, for who asked for it, in their language."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import verified_address, write_letter
from accounts.models import Digest, Kind, User
from feeds.notifications import Group, grouped, told

PERIODS = {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}
AT_MOST = 500
LINES = 20


def send_digests() -> int:
    """Write to those whose day or week has passed; return how many letters."""
    now = timezone.now()
    sent = 0
    for digest, period in PERIODS.items():
        late = Q(digested_at=None) | Q(digested_at__lt=now - period)
        due = User.objects.active().filter(late, digest=digest).order_by("digested_at", "pk")
        sent += sum(_send(person, period) for person in due[:AT_MOST])
    return sent


def _send(person: User, period: timedelta) -> bool:
    """Claim one reader's turn, and write if there is something new and a place to write to."""
    now = timezone.now()
    turn = User.objects.filter(pk=person.pk, digested_at=person.digested_at)
    if not turn.update(digested_at=now):
        return False
    since = person.digested_at or now - period
    news = told(person).unread().filter(created_at__gte=since).select_related("actor")
    rows, address = list(news.order_by("-pk")[:200]), verified_address(person)
    if not rows or not address:
        return False
    with translation.override(person.ui_language):
        lines = [line_of(group) for group in grouped(rows)[:LINES]]
    context = {"count": len(rows), "lines": lines}
    write_letter(address, "email/digest", context, person.ui_language)
    return True


def line_of(group: Group) -> str:
    """One sentence in plain text."""
    words = sentences()[group.latest.kind] % {"who": names_of(group)}
    return f"{words}: {group.note.heading}" if group.note else words


def names_of(group: Group) -> str:
    names = ", ".join(person.name for person in group.named)
    if not group.others:
        return names
    more = ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", group.others)
    return more % {"names": names, "n": group.others}


def sentences() -> dict[str, str]:
    return {
        Kind.LIKE: _("%(who)s liked your note"),
        Kind.SAVE: _("%(who)s saved your note"),
        Kind.COMMENT: _("%(who)s commented on your note"),
        Kind.REPLY: _("%(who)s replied to you"),
        Kind.MENTION: _("%(who)s mentioned you"),
        Kind.FOLLOW: _("%(who)s followed you"),
        Kind.REQUEST: _("%(who)s asked to follow you"),
        Kind.ACCEPT: _("%(who)s accepted your request"),
        Kind.SCHEDULED: _("Your note was published at its time"),
        Kind.VERDICT: _("Something was decided about you"),
        Kind.REPORT: _("A report of yours has an outcome"),
        Kind.APPEAL: _("An appeal of yours has an answer"),
    }
