"""Pictures in a bucket, against a real S3 server (moto) over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import boto3
import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from moto.server import ThreadedMotoServer

from accounts.models import User
from conftest import PostNote
from notes.actions import delete_note
from notes.sweeping import sweep_files

pytestmark = [
    pytest.mark.django_db,
    # Of boto3 itself, on the versions of Python that it means to leave.
    pytest.mark.filterwarnings("ignore::boto3.exceptions.PythonDeprecationWarning"),
]
ACCESS = {"access_key": "redleaf", "secret_key": "redleaf", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: LazySettings) -> Iterator[Callable[[], list[str]]]:
    """The settings that S3_BUCKET makes; gives the names of all that is in the bucket."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="redleaf",
        aws_secret_access_key="redleaf",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="pictures")
    options = settings.S3_OPTIONS | ACCESS | {"bucket_name": "pictures", "endpoint_url": endpoint}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    }

    def names() -> list[str]:
        listed = client.list_objects_v2(Bucket="pictures").get("Contents", [])
        return [found["Key"] for found in listed]

    yield names
    for name in names():
        client.delete_object(Bucket="pictures", Key=name)


def test_a_note_lives_in_the_bucket_and_leaves_it(
    bucket: Callable[[], list[str]],
    client: Client,
    ann: User,
    post_note: PostNote,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    note = post_note(ann)
    image = note.images.get()
    assert sorted(bucket()) == sorted(image.file_name(width) for width in image.WIDTHS)
    answer = client.get(image.urls["720"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert b"".join(answer.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):
        delete_note(note, ann)
    assert bucket() == []


def test_what_may_not_be_seen_and_what_is_lost_is_a_404(
    bucket: Callable[[], list[str]], client: Client, ann: User, post_note: PostNote
) -> None:
    held, lost = post_note(ann, state="held").images.get(), post_note(ann).images.get()
    default_storage.delete(lost.file_name(360))
    assert client.get(held.urls["360"]).status_code == 404
    assert client.get(lost.urls["360"]).status_code == 404


def test_orphans_are_swept_from_the_bucket(
    bucket: Callable[[], list[str]], ann: User, post_note: PostNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_note(ann)
    kept = bucket()
    default_storage.save("images/ab/" + "ab" * 16 + "/360.webp", ContentFile(b"orphan"))
    monkeypatch.setattr("notes.sweeping.FILES_OLDER_THAN", timedelta(minutes=-5))
    assert sum(sweep_files(hour) for hour in range(24)) == 1
    assert sorted(bucket()) == sorted(kept)
