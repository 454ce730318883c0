"""Doorbells of the app: an id in, one call, safe to run twice."""

from celery import shared_task

from notes.rendering import render_image, render_overdue


@shared_task(name="notes.render")
def render(image_id: int) -> None:
    render_image(image_id)


@shared_task(name="notes.sweep")
def sweep() -> None:
    render_overdue()
