"""Conditional requests by the version of a row: ETag, If-Match, If-None-Match (RFC 9110)."""

from __future__ import annotations

import re

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

_TAG = re.compile(r'(W/)?"([^"]*)"')


class StaleError(Exception):
    """The row changed since the caller read it: 412. Raised by actions too."""


def with_etag(response: Response, version: int) -> Response:
    """Say which version the answer shows."""
    response["ETag"] = f'"{version}"'
    return response


def asked_version(request: Request | HttpRequest, current: int) -> int | None:
    """Return the version that If-Match asks for, None when it asks for nothing.

    A weak tag never matches here (RFC 9110, 13.1.1). An action then changes the row only where it
    still has this version. Raises StaleError when `current`, the version that was read, is another
    one already.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if wanted in {"", "*"}:
        return None
    if ("", str(current)) not in _TAG.findall(wanted):
        raise StaleError
    return current


def is_known(request: Request | HttpRequest, version: int) -> bool:
    """Whether the caller has this version already, and 304 is enough."""
    known = request.headers.get("If-None-Match", "").strip()
    return known == "*" or str(version) in [tag for _, tag in _TAG.findall(known)]
