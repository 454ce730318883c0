"""Health, and the pages for what went wrong, for people and for programs."""

from __future__ import annotations

import sys

from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from config.problems import MEDIA_TYPE, RETRY_AFTER, problem_of
from feeds.store import ask, heart_beats
from moderation.classifier import load_classifier

ONE_MINUTE = 60


def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """The database, Redis, a worker and the text model answer; 503 with what does not."""
    parts = {"database": _database_answers(), "redis": bool(ask(lambda redis: redis.ping()))}
    parts["worker"] = parts["redis"] and heart_beats()
    parts["model"] = load_classifier() is not None
    failing = [name for name, answers in parts.items() if not answers]
    body = {"status": "unavailable" if failing else "ok", "failing": failing}
    return JsonResponse(body, status=503 if failing else 200)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _error(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(problem_of(status, detail), status=status, content_type=MEDIA_TYPE)
    page = "500.html" if status == 503 else f"{status}.html"
    return render(request, page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # An unknown host is refused before anybody asked which language is read there.
    if hasattr(request, "LANGUAGE_CODE"):
        return _error(request, 400, _("The request could not be understood."))
    request.LANGUAGE_CODE = translation.get_language_from_request(request)
    with translation.override(request.LANGUAGE_CODE):
        response = _error(request, 400, _("The request could not be understood."))
    response["Content-Language"] = request.LANGUAGE_CODE
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, _("You may not do this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403, _("This form is too old. Reload the page and try again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404, _("There is nothing here."))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """A form was sent too often."""
    response = render(request, "429.html", {"wait": ONE_MINUTE}, status=429)
    response["Retry-After"] = str(ONE_MINUTE)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; while the database is away, one that passes."""
    if not isinstance(sys.exc_info()[1], OperationalError):
        detail = _("Something went wrong on our side. Please try again.")
        return _error(request, 500, detail)
    response = _error(request, 503, _("We will be back in a moment. Please try again."))
    response["Retry-After"] = str(RETRY_AFTER)
    return response
