"""Requests of people, and answers for the browser and for htmx."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from accounts.models import User


class PersonRequest(HttpRequest):
    """What a view gets behind `login_required`."""

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
