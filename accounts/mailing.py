"""Sending the letters that wait. A mail server that hangs costs seconds, and loses nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Letter

log = logging.getLogger(__name__)
AT_MOST = 100
KEPT_FOR = timedelta(days=3)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 600)]


def send_letter_now(letter_id: int) -> None:
    """Send a letter if nobody else is at it; safe to run twice."""
    with transaction.atomic():
        letter = (
            Letter.objects.due().select_for_update(skip_locked=True).filter(pk=letter_id).first()
        )
        if letter is None:
            return
        try:
            _message(letter).send()
        except (OSError, SMTPException) as error:
            log.warning("a letter could not be sent: %s", type(error).__name__)
            due = timezone.now() + PAUSES[letter.attempts]
            Letter.objects.filter(pk=letter_id).update(attempts=F("attempts") + 1, due_at=due)
        else:
            letter.delete()


def _message(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to]
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def send_due_letters() -> None:
    """Send what a lost message or a mail server left; forget what nobody could send."""
    for pk in Letter.objects.due().values_list("pk", flat=True)[:AT_MOST]:
        send_letter_now(pk)
    Letter.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
