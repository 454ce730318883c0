"""Leaving, coming back within a week, being suspended."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions.letters import tell_by_letter
from accounts.models import FollowRequest, Token, User

GRACE = timedelta(days=7)


@transaction.atomic
def leave(user: User) -> None:
    """Hide everything of a person at once; after GRACE a worker erases it."""
    now = timezone.now()
    left = User.objects.filter(pk=user.pk, leaving_at=None)
    if not left.update(is_active=False, leaving_at=now, version=F("version") + 1):
        return
    end_everything(user)
    FollowRequest.objects.filter(requester=user).delete()
    tell_by_letter(user, "email/leaving", {"until": now + GRACE})
    user.is_active, user.leaving_at = False, now


@transaction.atomic
def come_back(user: User) -> None:
    """Undo leaving; a suspension stays."""
    gone = User.objects.filter(pk=user.pk, suspended_at=None).exclude(leaving_at=None)
    if gone.update(is_active=True, leaving_at=None, version=F("version") + 1):
        user.is_active, user.leaving_at = True, None


@transaction.atomic
def suspend(user: User) -> None:
    """Hide a person and end their sessions and tokens, until `lift`."""
    User.objects.filter(pk=user.pk).update(
        is_active=False, suspended_at=timezone.now(), version=F("version") + 1
    )
    end_everything(user)


def lift(user: User) -> None:
    """End a suspension; who has left meanwhile stays away."""
    suspended = User.objects.filter(pk=user.pk).exclude(suspended_at=None)
    suspended.update(suspended_at=None, version=F("version") + 1)
    User.objects.filter(pk=user.pk, suspended_at=None, leaving_at=None).update(is_active=True)


def end_everything(user: User, besides: str = "") -> None:
    """Log out everywhere and revoke every token; `besides` is the key of a session to keep."""
    Token.objects.filter(user=user).delete()
    end_sessions(user, besides)


def end_sessions(user: User, besides: str = "") -> None:
    ended = UserSession.objects.filter(user=user).exclude(session_key=besides)
    Session.objects.filter(session_key__in=ended.values("session_key")).delete()
    ended.delete()
