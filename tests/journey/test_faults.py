"""Valkey freezes, Valkey dies, the worker dies: what was accepted is published all the same."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from launcher.tests.conftest import wait_for
from tests.journey.house import House, seconds_until
from tests.journey.people import Person, Stopwatch, Visitor
from tests.journey.photos import phone_photo, small_photo

pytestmark = pytest.mark.journey
# The sweeps look after what waited 20 s, every 10 s; then a restart and the work itself.
HEALED_SECONDS = 90
LONGEST_REQUEST = 5
# As different as eight notes of one morning are: repetition would be held.
TITLES = (
    "Fog over the river",
    "A new pair of boots",
    "Soup for eleven",
    "My grandmother's garden",
    "The first train",
    "Chess in the park",
    "Paper lanterns",
    "What the owl saw",
)
VERDICTS = (
    "from moderation.models import *;"
    "found = Verdict.objects.filter(case__url__in={}, case__kind='note');"
    "print(*sorted(':'.join(row) for row in found.values_list('case__url', 'outcome')))"
)


@pytest.fixture(autouse=True)
def _well_again(stack: House) -> Iterator[None]:
    stack.await_ready()
    yield
    stack.await_ready()


def assert_quick(stopwatch: Stopwatch) -> None:
    slow = [(what, seconds) for seconds, what in stopwatch.seconds if seconds > LONGEST_REQUEST]
    assert slow == []


def test_a_frozen_valkey_delays_notes_and_loses_none(
    stack: House, ann: Person, mei: Person, stranger: Visitor
) -> None:
    made = ann.upload(small_photo())["id"]
    wait_for(lambda: ann.image(made)["status"] == "ready")
    valkey = stack.pid("valkey")
    os.kill(valkey, signal.SIGSTOP)
    try:
        with Stopwatch(ann) as stopwatch:
            picture = ann.upload(phone_photo())["id"]
            notes = [
                ann.post("Frost on the window", images=[picture]),
                ann.post("Steam over the cup", images=[made]),
            ]
            assert [note["state"] for note in notes] == ["pending", "pending"]
            ids = [note["id"] for note in notes]
            ann.feed("explore")
            ann.feed("following")
            ann.page("/")
            time.sleep(2)
            assert [ann.state(pk) for pk in ids] == ["pending", "pending"]
        assert [stranger.note_status(pk) for pk in ids] == [404, 404]
    finally:
        os.kill(valkey, signal.SIGCONT)
    assert_all_arrive(ids, ann, mei, stranger)
    assert stack.pid("valkey") == valkey
    assert_quick(stopwatch)


def assert_all_arrive(ids: list[int], ann: Person, mei: Person, stranger: Visitor) -> None:
    begun, notes = time.monotonic(), set(ids)
    for what, condition in [
        ("published", lambda: {ann.state(pk) for pk in ids} == {"published"}),
        ("in Following", lambda: notes <= set(mei.feed("following"))),
        ("in Explore", lambda: notes <= set(stranger.feed("explore"))),
    ]:
        seconds_until(f"{what} after it came back", condition, HEALED_SECONDS, begun)


def test_a_killed_valkey_comes_back_and_notes_go_on(
    stack: House, ann: Person, mei: Person, stranger: Visitor
) -> None:
    valkey = stack.pid("valkey")
    os.kill(valkey, signal.SIGKILL)
    killed = time.monotonic()
    with Stopwatch(ann) as stopwatch:
        picture = ann.upload(phone_photo())["id"]
        pk = ann.post("After the storm", images=[picture])["id"]
    seconds_until("Valkey is back", lambda: stack.pid("valkey") != valkey, 30, killed)
    assert_all_arrive([pk], ann, mei, stranger)
    assert_quick(stopwatch)


def test_a_killed_worker_leaves_no_note_behind_and_judges_none_twice(
    stack: House, ann: Person
) -> None:
    pictures = [ann.upload(small_photo(shade))["id"] for shade in range(4)]
    pictures += [ann.upload(phone_photo())["id"] for _ in range(4)]
    titles = zip(TITLES, pictures, strict=True)
    notes = [ann.post(title, images=[picture])["id"] for title, picture in titles]
    family = stack.family("worker")
    worker = family[0].pid
    os.kill(worker, signal.SIGKILL)
    killed = time.monotonic()
    pending = [pk for pk in notes if ann.state(pk) == "pending"]
    print(f"\n  pending when the worker died: {len(pending)} of {len(notes)}", end="")
    assert pending != []

    wait_for(lambda: stack.pid("worker") != worker)
    decided = lambda: "pending" not in {ann.state(pk) for pk in notes}  # noqa: E731
    seconds_until("all decided", decided, HEALED_SECONDS, killed)
    assert {pk: ann.state(pk) for pk in notes} == dict.fromkeys(notes, "published")
    urls = [f"/notes/{pk}/" for pk in notes]
    verdicts = stack.python(VERDICTS.format(urls)).split()
    assert verdicts == sorted(f"{url}:publish" for url in urls)
    assert [process for process in family if process.is_running()] == []
