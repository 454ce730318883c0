"""Doorbells of the app: avatars, and forgetting."""

from celery import shared_task

from accounts.models import IdempotentAnswer
from accounts.rendering import render_avatar_of, render_overdue_avatars


@shared_task(name="accounts.render_avatar")
def render_avatar(user_id: int) -> None:
    render_avatar_of(user_id)


@shared_task(name="accounts.sweep")
def sweep() -> None:
    render_overdue_avatars()


@shared_task(name="accounts.forget_answers")
def forget_answers() -> None:
    IdempotentAnswer.objects.outdated().delete()
