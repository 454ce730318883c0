"""What Redleaf does its own way in sign-up, log-in and second factors."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.actions import can_be_written_to, come_back, tell_who_has, write_letter
from accounts.models import FormerHandle, User
from accounts.words import normalized_address

LONGEST_ADDRESS = 254


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Handles in one spelling; letters in the reader's language; a way back for who left."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        handle = User.normalize_username(username)
        cleaned = str(super().clean_username(handle, shallow))
        if not shallow and FormerHandle.objects.filter(handle=cleaned).exists():
            raise self.validation_error("username_taken")
        return cleaned

    def clean_email(self, email: str) -> str:
        address = normalized_address(email)
        # django-allauth would cut off what is longer in this spelling than as it was written.
        if len(address) > LONGEST_ADDRESS:
            numbers = {"longest": LONGEST_ADDRESS, "length": len(address)}
            message = _("At most %(longest)s characters; these are %(length)s.")
            raise ValidationError(message, "max_length", numbers)
        return str(super().clean_email(address))

    def save_user(
        self, request: HttpRequest, user: User, form: object, commit: bool = True
    ) -> User:
        user.ui_language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Who is a moment later than another account is told the same as who is a day later."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            email_address.refresh_from_db()
            return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a letter instead of making the reader wait for a mail server."""
        reader = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = reader.ui_language if isinstance(reader, User) else get_language() or "en"
        write_letter(email, template_prefix, context | {"email": email}, language)

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Who has confirmed the address before is told instead."""
        address = emailconfirmation.email_address
        if address.can_set_verified():
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            tell_who_has(address.email)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if can_be_written_to(user, email):
            super().send_notification_mail(template_prefix, user, context, email)

    def set_password(self, user: User, password: str) -> None:
        """Only in the place of the password that was read: a link to reset it works once."""
        before = user.password
        user.set_password(password)
        changed = User.objects.filter(pk=user.pk, password=before).update(password=user.password)
        if not changed:
            raise ImmediateHttpResponse(redirect("account_reset_password"))

    def pre_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse | None:
        """Let in who left lately; the second factor still comes before `login`."""
        if user.leaving_at and not user.suspended_at:
            return None
        response: HttpResponse | None = super().pre_login(request, user, **about)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        come_back(user)
        super().login(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticators are sealed in the database."""

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = hmac.new(settings.SECRET_KEY.encode(), b"second factor", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key.digest()))
