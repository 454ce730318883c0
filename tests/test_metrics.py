"""What an operator watches."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from conftest import PostNote
from feeds import store

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer leaf"}


def test_nobody_reads_the_figures_without_the_token(client: Client, settings: LazySettings) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "leaf"
    assert client.get("/metrics", headers={"Authorization": "Bearer lea"}).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_the_figures_say_what_waits(
    client: Client, settings: LazySettings, ann: User, post_note: PostNote
) -> None:
    settings.METRICS_TOKEN = "leaf"
    post_note(ann, state="held")
    post_note(ann)
    store.client.lpush("media", "a task")
    store.beat_heart()
    answer = client.get("/metrics", headers=TOKEN)
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert lines[:2] == ["# HELP redleaf_cases Cases by state.", "# TYPE redleaf_cases gauge"]
    for line in (
        'redleaf_cases{state="held"} 1',
        'redleaf_cases{state="published"} 1',
        'redleaf_queue_length{queue="media"} 1',
        "redleaf_worker_up 1",
        "redleaf_oldest_pending_seconds 0",
    ):
        assert line in lines
    assert len([line for line in lines if line.startswith("# TYPE redleaf_cases ")]) == 1
