"""Writing e-mails: text and HTML of the same words, in the reader's language."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts import tasks
from accounts.commits import ring
from accounts.models import Letter, User


def write_letter(to: str, template: str, context: dict[str, Any], language: str) -> Letter:
    """Queue an e-mail made of `<template>_subject.txt` and `<template>_message.txt`."""
    with translation.override(language):
        context = context | {"origin": settings.ORIGIN, "language": language}
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        text = render_to_string(f"{template}_message.txt", context).strip()
        html = render_to_string("email/letter.html", context | {"text": text, "subject": subject})
    letter = Letter.objects.create(to=to, subject=subject[:200], text=text, html=html)
    ring(tasks.send_letter, letter.pk)
    return letter


def verified_address(person: User) -> str:
    """The address a person has shown to be theirs; empty when there is none."""
    addresses = EmailAddress.objects.filter(user=person, verified=True)
    found = addresses.order_by("-primary", "pk").first()
    return str(found.email) if found else ""


def tell_by_letter(person: User, template: str, context: dict[str, Any]) -> None:
    """Tell of a change that should surprise nobody; if it does, the letter says what to do."""
    if can_be_written_to(person):
        context = context | {"user": person, "timestamp": timezone.now()}
        write_letter(person.email, template, context, person.ui_language)


def can_be_written_to(person: User, address: str | None = None) -> bool:
    """Not where somebody else has confirmed that this address, or the person's own, is theirs."""
    address = (address or person.email).lower()
    confirmed = EmailAddress.objects.filter(email=address, verified=True)
    return bool(address) and not confirmed.exclude(user=person).exists()


def ask_to_confirm(person: User) -> None:
    """Ask whether the first address is theirs, by a link that lasts three days."""
    address = EmailAddress.objects.get(user=person, primary=True)
    if not address.can_set_verified():
        tell_who_has(address.email)
        return
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    context = {"user": person, "activate_url": f"{settings.ORIGIN}{path}"}
    template = "account/email/email_confirmation_signup"
    write_letter(address.email, template, context, person.ui_language)


def tell_who_has(address: str) -> None:
    """Tell whose address it is, as they confirmed, that somebody wants to join with it."""
    confirmed = EmailAddress.objects.filter(email=address, verified=True).first()
    if confirmed is None:  # they left meanwhile
        return
    owner = confirmed.user
    url = f"{settings.ORIGIN}{reverse('account_reset_password')}"
    context = {"user": owner, "password_reset_url": url}
    write_letter(address, "account/email/account_already_exists", context, owner.ui_language)
