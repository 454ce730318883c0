"""Pages of what is between people: follow, block, mute, requests, lists of people."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.models import Follow, User, marks, suggested
from accounts.requests import PersonRequest, is_partial, signed_in
from accounts.words import whole_number

PEOPLE = 50
OPPOSITE = {"follower": "followee", "followee": "follower"}
Verb = Callable[[User, User], object]


@signed_in
@require_POST
def follow(request: PersonRequest, username: str) -> HttpResponse:
    """Follow somebody, ask to, or no longer."""
    return _change(request, username, actions.follow, actions.unfollow)


@signed_in
@require_POST
def mute(request: PersonRequest, username: str) -> HttpResponse:
    """Keep somebody out of one's feeds, or no longer."""
    return _change(request, username, actions.mute, actions.unmute)


@signed_in
@require_http_methods(["GET", "POST"])
def block(request: PersonRequest, username: str) -> HttpResponse:
    """Ask, then block somebody; or take the block back."""
    if request.method == "POST":
        return _change(request, username, actions.block, actions.unblock)
    person = get_object_or_404(User.objects.visible(request.user), username=username)
    if person == request.user:
        raise PermissionDenied
    return render(request, "accounts/block.html", {"person": person})


def _change(request: PersonRequest, username: str, do: Verb, undo: Verb) -> HttpResponse:
    """Do it or undo it; for htmx show the buttons as they are now."""
    person = get_object_or_404(User.objects.reachable(request.user), username=username)
    if person == request.user:
        raise PermissionDenied
    (undo if request.POST.get("undo") else do)(request.user, person)
    if not is_partial(request):
        return redirect("people-settings" if "settings" in request.POST else person)
    context = {"person": person, "marks": marks(request.user, person)}
    return render(request, "accounts/_follow.html", context)


@require_safe
def people(request: HttpRequest, username: str, side: str) -> HttpResponse:
    """Who follows somebody, or whom they follow; the latest first."""
    seen = User.objects.visible(request.user)
    person = get_object_or_404(seen, username=username)
    other = "follower" if side == "followers" else "followee"
    follows = Follow.objects.filter(Q(**{f"{other}__in": seen}), **{OPPOSITE[other]: person})
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        follows = follows.filter(pk__lt=before)
    page = list(follows.select_related(other).order_by("-pk")[: PEOPLE + 1])
    context = {
        "person": person,
        "side": side,
        "people": [getattr(row, other) for row in page[:PEOPLE]],
        "before": page[PEOPLE - 1].pk if len(page) > PEOPLE else None,
        "may_remove": side == "followers" and person == request.user,
    }
    return render(request, "accounts/people.html", context)


@signed_in
@require_safe
def suggestions(request: PersonRequest) -> HttpResponse:
    """People whom those one follows follow."""
    return render(request, "accounts/suggestions.html", {"people": suggested(request.user)})


@signed_in
@require_POST
def remove_follower(request: PersonRequest, username: str) -> HttpResponse:
    """Let somebody follow oneself no longer."""
    person = get_object_or_404(User.objects.reachable(request.user), username=username)
    actions.remove_follower(request.user, person)
    return redirect("people", request.user.username, "followers")


@signed_in
@require_safe
def follow_requests(request: PersonRequest) -> HttpResponse:
    """Who asks to follow oneself."""
    seen = User.objects.visible(request.user)
    asked = request.user.requests.filter(requester__in=seen).select_related("requester")
    people = [each.requester for each in asked.order_by("-pk")[:PEOPLE]]
    return render(request, "accounts/requests.html", {"people": people})


@signed_in
@require_POST
def answer_request(request: PersonRequest, username: str) -> HttpResponse:
    """Let somebody follow, or not."""
    person = get_object_or_404(User.objects.reachable(request.user), username=username)
    accepts = request.POST.get("answer") == "accept"
    (actions.accept_request if accepts else actions.refuse_request)(request.user, person)
    return redirect("follow-requests")
