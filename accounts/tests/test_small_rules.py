"""Small rules that stand alone: networks, turns, waiting, compiled queries, avatars."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from accounts import asking, waves
from accounts.avatars import EDGES, files_of
from accounts.forgetting import network_of
from accounts.models import User
from accounts.prepared import FIRST_MARKER, Prepared, array, marker
from accounts.rendering import render_avatar_of, render_overdue_avatars
from conftest import make_person, picture_bytes
from tests.properties import TRY


@given(st.ip_addresses())
@TRY
def test_of_an_address_its_network_is_kept(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    network = network_of(str(address))
    assert network_of(network) == network
    kept = 24 if address.version == 4 else 48
    assert address in ipaddress.ip_network(f"{network}/{kept}")
    lost = address.max_prefixlen - kept
    assert int(ipaddress.ip_address(network)) == int(address) >> lost << lost


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("30", 30),
        ("1", 1),
        ("0", 1),
        ("3600", 3600),
        ("3601", 3600),
        ("9" * 30, 3600),
        ("", 60),
        ("-5", 60),
        ("soon", 60),
        ("1.5", 60),
        ("٣", 60),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 60),
    ],
)
def test_a_busy_service_gets_the_time_it_asks_for_within_reason(header: str, wait: int) -> None:
    assert asking._wait(header) == wait


@pytest.mark.parametrize("left", [0, -1, -1e9])
def test_who_has_no_time_left_does_not_ask(left: float) -> None:
    with pytest.raises(asking.EngineError, match="no time left"):
        asking.ask("GET", "http://127.0.0.1:9/", left)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://[", "nonsense", "ftp://a.org/"])
def test_an_address_that_does_not_answer_is_one_error(url: str) -> None:
    with pytest.raises(asking.EngineError):
        asking.ask("GET", url, time.monotonic() + 1)


def test_a_ticket_is_for_the_turn_that_was_given() -> None:
    turn = timezone.now() + timedelta(seconds=40)
    assert waves.turn_of(waves.ticket_for(turn)) == turn


@given(st.text(max_size=60))
@TRY
def test_a_ticket_that_we_did_not_write_is_none(ticket: str) -> None:
    assert waves.turn_of(ticket) is None


@pytest.mark.parametrize("changed", [0, 5, -1])
def test_a_ticket_that_was_changed_is_none(changed: int) -> None:
    ticket = list(waves.ticket_for(timezone.now()))
    ticket[changed] = "x" if ticket[changed] != "x" else "y"
    assert waves.turn_of("".join(ticket)) is None


def test_a_signature_of_something_else_is_no_ticket() -> None:
    other = signing.TimestampSigner(salt="letter").sign(timezone.now().isoformat())
    assert waves.turn_of(other) is None


@pytest.mark.django_db
def test_turns_come_one_after_the_other(settings: LazySettings) -> None:
    settings.SIGNUPS_PER_MINUTE = 60
    turns = [waves.take_turn() for _ in range(5)]
    gaps = {round((b - a).total_seconds(), 3) for a, b in pairwise(turns)}
    assert gaps == {1.0}
    assert turns[0] < timezone.now()


@pytest.mark.django_db
def test_the_line_is_as_long_as_it_says(settings: LazySettings) -> None:
    settings.SIGNUPS_PER_MINUTE = 60
    assert waves.line_is_long() == timedelta()
    for _ in range(40):
        last = waves.take_turn()
    wait = waves.line_is_long()
    assert timedelta(seconds=8) < wait <= timedelta(seconds=10)
    assert abs(last - timezone.now() - wait) < timedelta(seconds=2)


@pytest.mark.django_db
def test_a_ticket_is_used_once() -> None:
    ticket = waves.ticket_for(timezone.now())
    assert [waves.use_up(ticket), waves.use_up(ticket)] == [True, False]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5))
@TRY
def test_ids_are_written_as_the_database_reads_them(ids: list[int]) -> None:
    text = array(ids)
    assert [int(each) for each in text.strip("{}").split(",") if each] == ids


@pytest.mark.parametrize("ids", [["1; DROP TABLE"], [None], ["x"]])
def test_nothing_but_numbers_gets_into_an_array(ids: list[int]) -> None:
    with pytest.raises((TypeError, ValueError)):
        array(ids)


def test_markers_are_apart_and_of_no_row() -> None:
    markers = [marker(position) for position in range(10)]
    assert len(set(markers)) == 10
    assert all(-(2**63) < each <= FIRST_MARKER for each in markers)


@pytest.mark.django_db
def test_a_compiled_query_answers_for_other_arguments(ann: User, mei: User) -> None:
    by_id = Prepared(lambda: User.objects.filter(pk=marker(0)).values_list("username"))
    assert [by_id.rows(person.pk) for person in (ann, mei)] == [[("ann",)], [("mei",)]]
    assert by_id.rows(0) == []
    among = Prepared(
        lambda: User.objects.filter(pk__among=[marker(0)]).order_by("pk").values_list("username")
    )
    assert among.rows([ann.pk, mei.pk, 0]) == [("ann",), ("mei",)]
    assert among.rows([]) == []


@pytest.mark.django_db
def test_constants_of_a_compiled_query_stay(ann: User, mei: User) -> None:
    make_person("away", is_active=False)
    two = Prepared(
        lambda: User.objects.filter(
            pk__gte=marker(1), is_active=True, username__in=["ann", "mei", "away"]
        ).exclude(pk=marker(0)).order_by("pk").values_list("username")
    )  # fmt: skip
    assert two.rows(ann.pk, 0) == [("mei",)]
    assert two.rows(0, ann.pk) == [("ann",), ("mei",)]


def wait_for_avatar(person: User, data: bytes) -> str:
    """Keep an upload as `change_avatar` does, without looking at it."""
    name = default_storage.save("incoming/avatar", ContentFile(data))
    User.objects.filter(pk=person.pk).update(incoming_avatar=name)
    return name


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(1, 1), (10, 400), (400, 10), (256, 256), (1000, 700)])
def test_an_avatar_is_a_square_of_any_picture(ann: User, size: tuple[int, int]) -> None:
    wait_for_avatar(ann, picture_bytes(*size))
    render_avatar_of(ann.pk)
    ann.refresh_from_db()
    for file, edge in zip(files_of(ann.avatar), (256, 96), strict=True):
        with default_storage.open(file) as opened:
            assert Image.open(opened).size == (edge, edge)
    assert (ann.incoming_avatar, ann.version) == ("", 2)


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"<svg/>", picture_bytes()[:200]])
def test_an_avatar_that_cannot_be_read_leaves_the_one_before(ann: User, data: bytes) -> None:
    User.objects.filter(pk=ann.pk).update(avatar="before.webp")
    name = wait_for_avatar(ann, data)
    render_avatar_of(ann.pk)
    ann.refresh_from_db()
    assert (ann.avatar, ann.incoming_avatar) == ("before.webp", "")
    assert not default_storage.exists(name)


@pytest.mark.django_db
def test_an_avatar_replaces_the_file_of_the_one_before(ann: User) -> None:
    for _ in range(2):
        wait_for_avatar(ann, picture_bytes())
        render_avatar_of(ann.pk)
    assert [len(default_storage.listdir(folder)[1]) for folder in EDGES] == [1, 1]
    assert default_storage.listdir("incoming")[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("make", [render_avatar_of, lambda pk: render_overdue_avatars()])
def test_where_no_avatar_waits_nothing_is_made(ann: User, make: Callable[[int], None]) -> None:
    make(ann.pk)
    make(10**9)
    ann.refresh_from_db()
    assert (ann.avatar, ann.version) == ("", 1)


@pytest.mark.django_db
def test_a_sweep_makes_all_that_wait(ann: User, mei: User) -> None:
    for person in (ann, mei):
        wait_for_avatar(person, picture_bytes())
    render_overdue_avatars()
    assert User.objects.exclude(avatar="").count() == 2
