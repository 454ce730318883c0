"""Doorbells of the app: avatars, letters, and forgetting."""

from celery import shared_task

from accounts.forgetting import forget_what_is_old
from accounts.mailing import send_due_letters, send_letter_now
from accounts.models import IdempotentAnswer
from accounts.rendering import render_avatar_of, render_overdue_avatars


@shared_task(name="accounts.render_avatar")
def render_avatar(user_id: int) -> None:
    render_avatar_of(user_id)


@shared_task(name="accounts.send_letter")
def send_letter(letter_id: int) -> None:
    send_letter_now(letter_id)


@shared_task(name="accounts.sweep")
def sweep() -> None:
    render_overdue_avatars()
    send_due_letters()


@shared_task(name="accounts.forget_answers")
def forget_answers() -> None:
    IdempotentAnswer.objects.outdated().delete()


@shared_task(name="accounts.forget")
def forget() -> None:
    forget_what_is_old()
