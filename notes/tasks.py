"""Doorbells of the app: an id in, one call, safe to run twice."""

from celery import shared_task

from notes.editing import settle_edits
from notes.rendering import render_image, render_overdue
from notes.sending import send_due
from notes.sweeping import sweep_files, sweep_loose_images
from notes.translation.making import make_due, make_translation


@shared_task(name="notes.render")
def render(image_id: int) -> None:
    render_image(image_id)


@shared_task(name="notes.sweep")
def sweep() -> None:
    render_overdue()


@shared_task(name="notes.settle")
def settle() -> None:
    send_due()
    settle_edits()


@shared_task(name="notes.sweep_orphans")
def sweep_orphans() -> None:
    sweep_loose_images()
    sweep_files()


@shared_task(name="notes.translate", soft_time_limit=6, time_limit=8)
def translate(translation_id: int) -> None:
    make_translation(translation_id)


@shared_task(name="notes.sweep_translations")
def sweep_translations() -> None:
    make_due()
