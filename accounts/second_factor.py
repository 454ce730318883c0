"""Second factors: for staff before the desk, and for tokens."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User

DESK = "/admin/"
CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def proves_itself(user: User, code: str) -> bool:
    """Whether this is a code of the person's app, or a recovery code; each works once."""
    of_person = Authenticator.objects.filter(user=user, type__in=CODES)
    return any(each.wrap().validate_code(code) for each in of_person)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was begun or confirmed with more than a password."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


class DeskMiddleware:
    """Leads staff without a second factor from the desk to the page where they get one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_SECOND_FACTOR or not request.path.startswith(DESK):
            return self.get_response(request)
        user = request.user
        if not isinstance(user, User) or not user.is_staff or used_second_factor(request):
            return self.get_response(request)
        if has_second_factor(user):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('mfa_reauthenticate')}?{query}")
        messages.info(request, _("The desk asks for a second factor. Set one up first."))
        return redirect("mfa_index")
