"""The Idempotency-Key header: the same POST twice is done once and answered twice.

After draft-ietf-httpapi-idempotency-key-header. Kept in PostgreSQL, because a cache may forget.
Stored answers may hold a new token, so they are sealed with a key that only the caller's own
Idempotency-Key can make.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authentication import viewer_of
from accounts.models import IdempotentAnswer

LONGEST_KEY = 255
LONGEST_REQUEST = timedelta(seconds=60)


class IdempotencyMiddleware:
    """Answers a repeated POST to the API with its first answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method != "POST" or not request.path.startswith("/api/"):
            return self.get_response(request)
        if not key or len(key) > LONGEST_KEY:
            return problem(400, _("Idempotency-Key must have 1 to 255 characters."))
        if "Authorization" in request.headers and not viewer_of(request).is_authenticated:
            return self.get_response(request)
        return self.answer_once(request, f"{_caller(request)}\n{request.path}\n{key}")

    def answer_once(self, request: HttpRequest, identity: str) -> HttpResponse:
        try:
            body = _digest(f"{request.content_type}\n".encode() + _body(request))
        except RequestDataTooBig:
            return problem(413, _("The body is too large."))
        first, created = IdempotentAnswer.objects.get_or_create(
            key_digest=_digest(identity.encode()), defaults={"request_digest": body}
        )
        if not created and not _take_over(first, body):
            return _repeat(first, body, identity)
        try:
            response = self.get_response(request)
        except BaseException:
            first.delete()
            raise
        if response.status_code >= 500 or response.status_code in {401, 429} or response.streaming:
            first.delete()
        else:
            _keep(first, response, identity)
        return response


def _take_over(first: IdempotentAnswer, body: str) -> bool:
    """Whether the first request died without an answer, and this one does its work."""
    now = timezone.now()
    dead = IdempotentAnswer.objects.filter(
        pk=first.pk, status=None, request_digest=body, created_at__lt=now - LONGEST_REQUEST
    )
    return dead.update(created_at=now) == 1


def _repeat(first: IdempotentAnswer, body: str, identity: str) -> HttpResponse:
    if not hmac.compare_digest(first.request_digest, body):
        return problem(409, _("This Idempotency-Key was used with another body."))
    if first.status is None:
        return problem(409, _("The first request with this Idempotency-Key is still running."))
    response = HttpResponse(
        _box(identity).decrypt(bytes(first.sealed_body)),
        status=first.status,
        content_type=first.content_type,
    )
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(first: IdempotentAnswer, response: HttpResponse, identity: str) -> None:
    first.status = response.status_code
    first.content_type = response.headers.get("Content-Type", "")
    first.sealed_body = _box(identity).encrypt(response.content)
    first.save(update_fields=["status", "content_type", "sealed_body"])


def _caller(request: HttpRequest) -> str:
    credentials = request.headers.get("Authorization") or request.COOKIES.get(
        settings.SESSION_COOKIE_NAME
    )
    return credentials or f"anonymous {request.META.get('REMOTE_ADDR')}"


def _body(request: HttpRequest) -> bytes:
    """What was posted, so that files are compared by content and not by their boundary."""
    if request.content_type != "multipart/form-data":
        return request.body
    parts = [f"{name}={value}" for name in request.POST for value in request.POST.getlist(name)]
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            parts.append(f"{name}:{file.name}:{hashlib.sha256(file.read()).hexdigest()}")
            file.seek(0)
    return "\n".join(sorted(parts)).encode(errors="surrogatepass")


def _digest(data: bytes) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), data, hashlib.sha256).hexdigest()


def _box(identity: str) -> Fernet:
    key = hmac.new(settings.SECRET_KEY.encode(), f"seal {identity}".encode(), hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key.digest()))


def problem(status: int, detail: str) -> HttpResponse:
    """A refusal of a middleware, in the shape of every other one (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JsonResponse(
        body | {"detail": detail}, status=status, content_type="application/problem+json"
    )
