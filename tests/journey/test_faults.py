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
    "from moderation.models import *; print(Verdict.objects.filter(case__url__in={}).count())"
)


@pytest.fixture(autouse=True)
def _well_again(stack: House) -> Iterator[None]:
    stack.await_ready()
    yield
    stack.await_ready()


def assert_quick(stopwatch: Stopwatch) -> None:
    slow = [(what, seconds) for seconds, what in stopwatch.seconds if seconds > LONGEST_REQUEST]
    assert slow == []


def test_a_frozen_valkey_delays_a_note_and_loses_nothing(
    stack: House, ann: Person, mei: Person, stranger: Visitor
) -> None:
    valkey = stack.pid("valkey")
    os.kill(valkey, signal.SIGSTOP)
    try:
        with Stopwatch(ann) as stopwatch:
            picture = ann.upload(phone_photo())["id"]
            note = ann.post("Frost on the window", images=[picture])
            pk = note["id"]
            assert note["state"] == "pending"
            ann.read(pk)
            ann.feed("explore")
            ann.feed("following")
            ann.page("/")
            time.sleep(2)
            assert ann.state(pk) == "pending"
        assert stranger.note_status(pk) == 404
    finally:
        os.kill(valkey, signal.SIGCONT)
    thawed = time.monotonic()
    within = HEALED_SECONDS
    seconds_until("published after the thaw", lambda: ann.state(pk) == "published", within, thawed)
    seconds_until("in Following", lambda: pk in mei.feed("following"), within, thawed)
    seconds_until("in Explore", lambda: pk in stranger.feed("explore"), within, thawed)
    assert stack.pid("valkey") == valkey
    assert_quick(stopwatch)


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
    within = HEALED_SECONDS
    seconds_until("published", lambda: ann.state(pk) == "published", within, killed)
    seconds_until("in Following", lambda: pk in mei.feed("following"), within, killed)
    seconds_until("in Explore", lambda: pk in stranger.feed("explore"), within, killed)
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
    assert stack.python(VERDICTS.format(urls)) == str(len(notes))
    assert [process for process in family if process.is_running()] == []
