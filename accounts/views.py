"""Pages of people: language, profile settings, follows, notifications."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import ProfileForm
from accounts.models import Follow, User
from accounts.requests import PersonRequest, is_partial, signed_in
from accounts.words import whole_number

NOTIFICATIONS = 50
PEOPLE = 50
UNREAD = 99
OPPOSITE = {"follower": "followee", "followee": "follower"}


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the interface. Harmless, so it needs no token and no session."""
    # Not redirect(): it would take a word for the name of a view.
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            actions.change_profile(request.user, ui_language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else "/"


@signed_in
@require_POST
def follow(request: PersonRequest, username: str) -> HttpResponse:
    """Follow somebody, or no longer."""
    person = get_object_or_404(User, username=username, is_active=True)
    if person == request.user:
        raise PermissionDenied
    undo = bool(request.POST.get("undo"))
    (actions.unfollow if undo else actions.follow)(request.user, person)
    if not is_partial(request):
        return redirect(person)
    return render(request, "accounts/_follow.html", {"person": person, "follows": not undo})


@require_safe
def people(request: HttpRequest, username: str, side: str) -> HttpResponse:
    """Who follows somebody, or whom they follow; the latest first."""
    person = get_object_or_404(User, username=username, is_active=True)
    other = "follower" if side == "followers" else "followee"
    follows = Follow.objects.filter(**{OPPOSITE[other]: person, f"{other}__is_active": True})
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        follows = follows.filter(pk__lt=before)
    page = list(follows.select_related(other).order_by("-pk")[: PEOPLE + 1])
    context = {
        "person": person,
        "side": side,
        "people": [getattr(row, other) for row in page[:PEOPLE]],
        "before": page[PEOPLE - 1].pk if len(page) > PEOPLE else None,
    }
    return render(request, "accounts/people.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile_settings(request: PersonRequest) -> HttpResponse:
    """Change what others read about oneself."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if form.is_valid():
        picture = form.cleaned_data.pop("picture")
        actions.change_profile(request.user, **form.cleaned_data)
        if picture:
            actions.change_avatar(request.user, picture)
        messages.success(request, _("Saved."))
        return redirect(request.user)
    return render(request, "accounts/settings.html", {"form": form})


@signed_in
@require_safe
def notifications(request: PersonRequest) -> HttpResponse:
    """What one was told; seeing it is reading it."""
    told = request.user.notifications.select_related("actor").order_by("-pk")
    rows = list(told[:NOTIFICATIONS])
    response = render(request, "accounts/notifications.html", {"rows": rows})
    if rows:
        actions.mark_read(request.user, rows[0].pk)
    return response


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """How many notifications wait, for the dot in the menu; nothing once a session has ended."""
    if not isinstance(request.user, User):
        return HttpResponse()
    waiting = request.user.notifications.unread()[:UNREAD].count()
    return render(request, "accounts/_unread.html", {"waiting": waiting, "most": UNREAD})
