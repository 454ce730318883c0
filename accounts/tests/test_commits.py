"""What is done after a commit may fail without a word to the person."""

from __future__ import annotations

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction

from accounts import commits
from accounts.commits import after_commit, ring


def fail(number: int) -> None:
    raise ConnectionError(f"no broker for {number}")


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_commit_is_logged_and_goes_no_further(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[int] = []
    with transaction.atomic():
        after_commit(fail, 7)
        after_commit(done.append, 8)
        assert done == []
    after_commit(fail, 9)
    assert done == [8]
    told = [record.getMessage() for record in caplog.records]
    assert [text.rpartition("(")[2] for text in told] == ["no broker for 7).", "no broker for 9)."]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_is_asked_once_and_then_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "_away_until", 0.0)
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:1/0", set_as_current=False)
    nowhere.conf.update(
        task_publish_retry=False,
        broker_connection_timeout=settings.CELERY_BROKER_CONNECTION_TIMEOUT,
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
    )

    @nowhere.task
    def look(number: int) -> None:
        raise NotImplementedError

    ring(look, 7)
    ring(look, 8)
    assert len(caplog.records) == 1
    monkeypatch.setattr(commits, "_away_until", 0.0)
    ring(look, 9)
    assert len(caplog.records) == 2
