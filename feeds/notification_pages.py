"""The page of notifications and the dot in the menu."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest, signed_in
from feeds import notifications

AT_ONCE = 50


@signed_in
@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """What one was told; seeing it is reading it."""
    told = notifications.told(request.user).select_related("actor").order_by("-pk")
    rows = list(told[:AT_ONCE])
    response = render(request, "accounts/notifications.html", {"rows": rows})
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
