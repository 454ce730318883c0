"""Who is told of what, and who is not: notifications before anybody looks at them."""

from __future__ import annotations

import pytest

from accounts.actions import block, choose_notifications, mute, notify
from accounts.models import Kind, Notification, User

pytestmark = pytest.mark.django_db
ONCE = (Kind.LIKE, Kind.SAVE, Kind.FOLLOW, Kind.REQUEST, Kind.ACCEPT)


def told(person: User) -> list[str]:
    found = Notification.objects.filter(recipient=person).order_by("pk")
    return list(found.values_list("kind", flat=True))


@pytest.mark.parametrize("kind", list(Kind))
def test_nobody_is_told_of_their_own_doing(ann: User, kind: Kind) -> None:
    notify(ann, kind, ann, note_id=1)
    assert told(ann) == []


@pytest.mark.parametrize("kind", Kind.optional())
def test_what_one_does_not_want_to_hear_is_not_told(ann: User, mei: User, kind: Kind) -> None:
    choose_notifications(ann, [each for each in Kind.optional() if each != kind], "off")
    ann.refresh_from_db()
    for each in Kind.optional():
        notify(ann, each, mei, note_id=1)
    assert told(ann) == [each for each in Kind.optional() if each != kind]


@pytest.mark.parametrize("kind", [Kind.VERDICT, Kind.REPORT, Kind.APPEAL])
def test_what_was_decided_about_somebody_they_are_always_told(ann: User, kind: Kind) -> None:
    choose_notifications(ann, [], "off")
    ann.refresh_from_db()
    assert kind not in ann.unwanted_kinds
    notify(ann, kind)
    assert told(ann) == [kind]


@pytest.mark.parametrize("way", ["muted", "blocked", "blocked by"])
def test_nobody_is_told_of_people_they_are_apart_from(ann: User, mei: User, way: str) -> None:
    if way == "muted":
        mute(ann, mei)
    else:
        block(*((ann, mei) if way == "blocked" else (mei, ann)))
    notify(ann, Kind.COMMENT, mei, note_id=1)
    assert told(ann) == []


def test_who_is_muted_is_still_told_of_who_mutes(ann: User, mei: User) -> None:
    mute(ann, mei)
    notify(mei, Kind.LIKE, ann, note_id=1)
    assert told(mei) == ["like"]


@pytest.mark.parametrize("kind", ONCE)
def test_some_things_are_told_once(ann: User, mei: User, tang: User, kind: Kind) -> None:
    for actor in (mei, mei, tang):
        notify(ann, kind, actor, note_id=1)
    notify(ann, kind, mei, note_id=2)
    assert told(ann) == [kind] * 3


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ONCE])
def test_others_as_often_as_they_happen(ann: User, mei: User, kind: Kind) -> None:
    for _ in range(2):
        notify(ann, kind, mei, note_id=1)
    assert told(ann) == [kind] * 2


@pytest.mark.parametrize("kind", [Kind.FOLLOW, Kind.ACCEPT])
def test_once_holds_without_a_note_too(ann: User, mei: User, kind: Kind) -> None:
    for _ in range(2):
        notify(ann, kind, mei)
    assert told(ann) == [kind]


def test_what_is_told_together_has_one_group_a_day_and_a_note(ann: User, mei: User) -> None:
    for note_id in (1, 1, 2):
        notify(ann, Kind.COMMENT, mei, note_id=note_id)
    first, second, other = Notification.objects.filter(recipient=ann).order_by("pk")
    assert first.group == second.group != other.group
    notify(ann, Kind.MENTION, mei, note_id=1)
    notify(ann, Kind.MENTION, mei, note_id=1)
    one, two = Notification.objects.filter(recipient=ann, kind=Kind.MENTION)
    assert one.group != two.group


def test_what_a_sentence_needs_comes_along(ann: User) -> None:
    notify(ann, Kind.VERDICT, note_id=7, outcome="remove", rule="harassment")
    only = Notification.objects.get()
    assert (only.note_id, only.comment_id, only.actor) == (7, None, None)
    assert only.data == {"outcome": "remove", "rule": "harassment"}


def test_what_was_told_before_a_block_is_not_shown_after_it(ann: User, mei: User) -> None:
    notify(ann, Kind.LIKE, mei, note_id=1)
    notify(ann, Kind.VERDICT)
    block(mei, ann)
    shown = Notification.objects.filter(recipient=ann).welcome_to(ann)
    assert [each.kind for each in shown] == ["verdict"]
