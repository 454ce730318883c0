"""Letters about unread notifications: only for who wants them, in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from accounts.actions import choose_notifications, follow
from accounts.mailing import send_due_letters
from accounts.models import Kind, Letter, User
from conftest import PostNote
from feeds.digests import send_digests
from notes.actions import like

A_DAY = timedelta(days=1, minutes=5)
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(mei: User) -> User:
    """Mei wants a letter a day, and her address is hers."""
    choose_notifications(mei, list(Kind.optional()), "daily")
    EmailAddress.objects.create(user=mei, email=mei.email, verified=True, primary=True)
    return User.objects.get(pk=mei.pk)


def test_mei_gets_one_letter_a_day_in_chinese(
    reader: User, ann: User, post_note: PostNote, settings: LazySettings
) -> None:
    note = post_note(reader, "红叶")
    like(ann, note)
    follow(ann, reader)
    assert send_digests() == 1
    assert send_digests() == 0
    send_due_letters()
    letter: Any = mail.outbox[0]
    assert letter.to == ["mei@example.org"]
    assert letter.subject == "红叶上有 2 条新通知"
    assert "Ann 赞了你的笔记: 红叶" in str(letter.body)
    html = letter.alternatives[0][0]
    assert '<html lang="zh-hans">' in html
    assert f"{settings.ORIGIN}/notifications/" in html
    assert Letter.objects.count() == 0


def test_the_next_letter_tells_only_what_is_new(
    reader: User, ann: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(reader)
    like(ann, note)
    assert send_digests() == 1
    User.objects.filter(pk=reader.pk).update(
        digested_at=timezone.now() - timedelta(days=1, hours=1)
    )
    reader.notifications.update(created_at=timezone.now() - timedelta(days=2))
    assert send_digests() == 0
    User.objects.filter(pk=reader.pk).update(
        digested_at=timezone.now() - timedelta(days=1, hours=1)
    )
    follow(tang, reader)
    assert send_digests() == 1


def test_no_letter_without_a_wish_an_address_or_news(ann: User, reader: User, tang: User) -> None:
    assert send_digests() == 0
    follow(ann, tang)
    follow(tang, ann)
    choose_notifications(tang, list(Kind.optional()), "daily")
    assert send_digests() == 0
    assert not Letter.objects.exists()
