"""Clearing away uploads that no note took, and files that no row names."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions import change_avatar
from accounts.models import User
from accounts.rendering import render_avatar_of
from conftest import PostNote
from notes.actions import save_draft, upload_image
from notes.models import Image
from notes.sweeping import sweep_files, sweep_loose_images

pytestmark = pytest.mark.django_db
Ready = Callable[..., Image]


def make_old(root: Path) -> None:
    for file in root.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))


def all_files() -> list[str]:
    root = Path(default_storage.path(""))
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def sweep_all() -> int:
    return sum(sweep_files(hour) for hour in range(24))


def test_an_upload_that_no_note_took_is_deleted_with_its_files(
    ann: User, ready_image: Ready, post_note: PostNote, django_capture_on_commit_callbacks: Callable
) -> None:
    kept = [post_note(ann).images.get(), ready_image(ann), ready_image(ann)]
    save_draft(ann, title="x", images=[kept[1].pk])
    loose = ready_image(ann)
    Image.objects.exclude(pk=kept[2].pk).update(created_at=timezone.now() - timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_loose_images() == 1
    assert set(Image.objects.all()) == set(kept)
    assert not default_storage.exists(loose.file_name(360))
    assert len(all_files()) == 9


def test_files_without_a_row_are_deleted_once_they_are_old(
    ann: User, settings: LazySettings, post_note: PostNote, photo: bytes
) -> None:
    post_note(ann)
    upload_image(ann, SimpleUploadedFile("leaf.jpg", photo))
    kept = all_files()
    for name in ("images/ab/" + "ab" * 16 + "/360.webp", "incoming/" + "cd" * 16):
        default_storage.save(name, ContentFile(b"orphan"))
    assert sweep_all() == 0
    make_old(Path(settings.MEDIA_ROOT))
    assert sweep_all() >= 2
    assert all_files() == kept


def test_an_avatar_that_is_being_made_is_no_orphan(ann: User, settings: LazySettings) -> None:
    name = default_storage.save("incoming/" + "ef" * 16, ContentFile(b"avatar"))
    User.objects.filter(pk=ann.pk).update(incoming_avatar=name)
    make_old(Path(settings.MEDIA_ROOT))
    assert (sweep_all(), default_storage.exists(name)) == (0, True)


def test_avatars_that_nobody_wears_are_deleted(
    ann: User, settings: LazySettings, photo: bytes
) -> None:
    change_avatar(ann, SimpleUploadedFile("me.jpg", photo))
    render_avatar_of(ann.pk)
    kept = all_files()
    for name in ("ab" * 12, "cd" * 16):
        default_storage.save(f"avatars/{name}.webp", ContentFile(b"orphan"))
    assert sweep_all() == 0
    make_old(Path(settings.MEDIA_ROOT))
    assert (sweep_all(), all_files()) == (2, kept)


def test_each_hour_takes_its_share(ann: User, settings: LazySettings) -> None:
    for folder in ("00", "01", "18"):
        name = f"images/{folder}/" + folder * 16 + "/360.webp"
        default_storage.save(name, ContentFile(b"orphan"))
    make_old(Path(settings.MEDIA_ROOT))
    assert [sweep_files(hour) for hour in (0, 1, 2)] == [2, 1, 0]


def test_there_is_nothing_to_sweep_at_first() -> None:
    assert (sweep_all(), sweep_loose_images()) == (0, 0)
