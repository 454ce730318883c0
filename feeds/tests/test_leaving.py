"""Leaving: hidden at once, back within a week, after that gone from every table and the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import follow, leave, lift, suspend
from accounts.models import FormerHandle, Letter, Token, User
from conftest import PASSWORD, PostNote
from feeds.archive.asking import ask_for_export
from feeds.archive.making import make_export
from feeds.erasure import erase_due
from moderation.models import Case
from notes.actions import like, save_draft, save_note, submit_comment
from notes.models import Comment, Note

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7, minutes=1)


def log_in(client: Client, name: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


def texts() -> Iterator[str]:
    """Every text in the database."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                rows = model._base_manager.values_list(field.attname, flat=True)
                yield from (f"{model.__name__}.{field.name}: {value}" for value in rows)


def test_leaving_asks_for_the_password_and_hides_everything(
    client: Client, api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    other = api(ann)
    log_in(client, "ann")
    wrong = client.post("/settings/leaving/", {"password": "not-hers"})
    assert "errorlist" in wrong.content.decode()
    gone = client.post("/settings/leaving/", {"password": PASSWORD})
    assert gone.headers["Location"] == "/left/"
    assert client.get("/left/").status_code == 200
    assert Client().get("/@ann/").status_code == 404
    assert Client().get(f"/notes/{note.pk}/").status_code == 404
    assert other.get("/api/v1/me/").status_code == 401
    assert (Token.objects.count(), Session.objects.count()) == (0, 0)
    assert Letter.objects.get().to == "ann@example.org"
    assert not Note.objects.visible(mei).exists()


def test_leaving_over_the_api(api: Api, ann: User) -> None:
    client = api(ann)
    refused = client.delete("/api/v1/me/", {"password": "not-hers"})
    assert refused.json()["errors"][0]["code"] == "invalid_password"
    assert client.delete("/api/v1/me/", {}).status_code == 400
    assert client.delete("/api/v1/me/", {"password": PASSWORD}).status_code == 204
    assert client.get("/api/v1/me/").status_code == 401
    assert api().get("/api/v1/users/ann/").status_code == 404


def test_a_moderator_does_not_see_who_left(
    ann: User, bo: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann)
    submit_comment(ann, post_note(mei), "Hello")
    leave(ann)
    assert not Note.objects.visible(bo).filter(author=ann).exists()
    assert not Comment.objects.visible(bo).filter(author=ann).exists()


def test_ann_comes_back_by_logging_in(client: Client, ann: User, post_note: PostNote) -> None:
    post_note(ann)
    leave(ann)
    log_in(client, "ann")
    assert client.get("/settings/profile/").status_code == 200
    assert Note.objects.recommendable().count() == 1
    User.objects.update(leaving_at=None)
    assert erase_due() == 0


def test_ann_comes_back_by_a_token(api: Api, ann: User) -> None:
    leave(ann)
    asked = {"username": "ann", "password": PASSWORD}
    assert api().post("/api/v1/auth/token/", asked).status_code == 201
    assert api().get("/api/v1/users/ann/").status_code == 200


def test_a_password_alone_does_not_bring_back_who_has_a_second_factor(
    client: Client, ann: User
) -> None:
    TOTP.activate(ann, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(ann).get_unused_codes()[0]
    leave(ann)
    log_in(client, "ann")
    ann.refresh_from_db()
    assert not ann.is_active
    client.post("/accounts/2fa/authenticate/", {"code": code})
    ann.refresh_from_db()
    assert ann.is_active


def test_a_suspension_survives_leaving(client: Client, api: Api, ann: User) -> None:
    leave(ann)
    suspend(ann)
    assert log_in(client, "ann").headers["Location"] == "/accounts/inactive/"
    asked = {"username": "ann", "password": PASSWORD}
    assert api().post("/api/v1/auth/token/", asked).status_code == 400
    lift(ann)
    ann.refresh_from_db()
    assert not ann.is_active
    log_in(client, "ann")
    ann.refresh_from_db()
    assert ann.is_active


def test_a_suspension_ends_sessions_and_tokens(client: Client, api: Api, ann: User) -> None:
    log_in(client, "ann")
    other = api(ann)
    suspend(ann)
    assert client.get("/settings/profile/").status_code == 302
    assert other.get("/api/v1/me/").status_code == 401
    lift(ann)
    assert log_in(client, "ann").headers["Location"] == "/"


def test_after_a_week_nothing_is_left_in_any_table_nor_on_the_disk(
    ann: User,
    mei: User,
    post_note: PostNote,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Any,
) -> None:
    User.objects.filter(pk=ann.pk).update(bio="canary bio", display_name="canary")
    theirs = post_note(mei, "By the lake")
    post_note(ann, "canary title", "canary body #tea")
    save_draft(ann, title="canary draft")
    comment = submit_comment(ann, theirs, "canary comment")
    submit_comment(mei, theirs, "Thank you", comment)
    like(ann, theirs)
    save_note(ann, theirs)
    follow(ann, mei)
    follow(mei, ann)
    make_export(ask_for_export(ann).pk)
    leave(ann)
    assert erase_due() == 0
    User.objects.filter(pk=ann.pk).update(leaving_at=timezone.now() - A_WEEK)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due() == 1
    Letter.objects.all().delete()
    assert [text for text in texts() if "canary" in text] == []
    for person in User.objects.all():
        assert (person.follower_count, person.following_count) == (0, 0)
    theirs.refresh_from_db()
    assert (theirs.like_count, theirs.save_count, theirs.comments.count()) == (0, 0, 0)
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    kept = {str(path.parent.name) for path in files}
    assert kept == {theirs.images.get().key}
    assert Case.objects.filter(author=None).exists()
    assert FormerHandle.objects.get().handle == "ann"


def test_who_came_back_in_the_last_moment_is_not_erased(ann: User, client: Client) -> None:
    leave(ann)
    User.objects.filter(pk=ann.pk).update(leaving_at=timezone.now() - A_WEEK)
    log_in(client, "ann")
    assert erase_due() == 0
    assert User.objects.filter(username="ann").exists()
