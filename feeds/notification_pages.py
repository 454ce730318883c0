"""The page of notifications and the dot in the menu."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from accounts.words import whole_number
from feeds import notifications

AT_ONCE = 50


@signed_in
@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """What one was told, latest first; seeing it is reading it."""
    told = notifications.told(request.user).select_related("actor").order_by("-pk")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        told = told.filter(pk__lt=before)
    rows = list(told[: AT_ONCE + 1])
    earlier = rows[AT_ONCE - 1].pk if len(rows) > AT_ONCE else None
    rows = rows[:AT_ONCE]
    waiting = request.user.requests.exists() if request.user.is_private else False
    context = {"groups": notifications.grouped(rows), "requests_wait": waiting, "earlier": earlier}
    response = render(request, "accounts/notifications.html", context)
    if rows:
        notifications.mark_read(request.user, rows[0].pk)
    return response


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """How many notifications wait, for the dot in the menu; nothing once a session has ended."""
    if not isinstance(request.user, User):
        return HttpResponse()
    waiting = notifications.unread_count(request.user)
    context = {"waiting": waiting, "most": notifications.MOST_UNREAD}
    return render(request, "accounts/_unread.html", context)
