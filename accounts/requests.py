"""Requests of people, and answers for the browser and for htmx."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from accounts.models import User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """What a view gets behind `signed_in`."""

    user: User


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks, to put the answer into a page that is there."""
    return request.headers.get("HX-Request") == "true"


def page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any]
) -> HttpResponse:
    """The whole page, or for htmx only a part; Back never shows the part alone."""
    response = render(request, part if is_partial(request) else page, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _path(url: str) -> str:
    """The path of an address that a browser claims to be at."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"


def signed_in(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For people who are known. Others log in first, even when htmx asks after a session ended."""
    guarded: Any = login_required(view)

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_partial(request) and not request.user.is_authenticated:
            here = _path(request.headers.get("HX-Current-URL", ""))
            return HttpResponse(headers={"HX-Redirect": redirect_to_login(here).url})
        response: HttpResponse = guarded(request, *args, **kwargs)
        return response

    return answer


def confirmed(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """For changes that matter: who has not shown who they are lately does so before a POST."""
    guarded: Callable[Concatenate[PersonRequest, P], HttpResponse] = reauthentication_required(
        view, allow_get=True
    )
    return guarded
