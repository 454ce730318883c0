"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import exception_handler as standard_handler
from drf_standardized_errors.types import ErrorResponse, ExceptionHandlerContext
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.etags import StaleError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5  # seconds


class TooLargeError(exceptions.APIException):
    """The body is larger than any request needs."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _lazy("The body is too large.")
    default_code = "too_large"


class PreconditionError(exceptions.APIException):
    """If-Match names another version."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = _lazy("This was changed since you read it. Read it again first.")
    default_code = "stale"


class ConflictError(exceptions.APIException):
    """What it was about is gone, or somebody else was faster: a constraint says so."""

    status_code = HTTPStatus.CONFLICT
    default_detail = _lazy("This changed at the same moment. Read it again and then decide.")
    default_code = "conflict"


class UnavailableError(exceptions.APIException):
    """The database is away for a moment."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = _lazy("We will be back in a moment. Please try again.")
    default_code = "unavailable"
    wait = RETRY_AFTER


class ProblemFormatter(ExceptionFormatter):
    """`type, title, status, detail`, and for 400 `errors: [{field, code, detail}]`."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        status = self.exc.status_code
        first = error_response.errors[0]
        problem: dict[str, Any] = problem_of(status, first.detail)
        if isinstance(self.exc, exceptions.ValidationError):
            problem["detail"] = _("Some of what was sent cannot be accepted.")
            problem["errors"] = [
                {"field": _field(e.attr), "code": e.code, "detail": e.detail}
                for e in error_response.errors
            ]
        return problem


def _field(attr: str | None) -> str:
    return "" if attr in (None, NON_FIELD_ERRORS, "non_field_errors") else attr


def problem_of(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> Response | None:
    """Answer in problem details, whoever refused: serializer, action or framework."""
    if isinstance(exc, DjangoValidationError):
        exc = _from_action(exc)
    elif isinstance(exc, RequestDataTooBig):
        exc = TooLargeError()
    elif isinstance(exc, StaleError):
        exc = PreconditionError()
    elif isinstance(exc, IntegrityError):
        exc = ConflictError()
    elif isinstance(exc, OperationalError):
        exc = UnavailableError()
    response: Response | None = standard_handler(exc, context)
    if response is not None:
        response.content_type = MEDIA_TYPE
    return response


def _from_action(error: DjangoValidationError) -> exceptions.ValidationError:
    """The refusal of an action, with its fields and codes kept."""
    fields = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    return exceptions.ValidationError(
        {
            field or "non_field_errors": [
                exceptions.ErrorDetail(message, each.code or "invalid")
                for each in errors
                for message in each.messages
            ]
            for field, errors in fields.items()
        }
    )
