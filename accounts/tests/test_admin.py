"""People at the desk: who looks them up, who gives roles, and what nobody changes there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import AUDITORS, MODERATORS, SENIORS, User
from conftest import make_person

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root_1", "root@example.org", "x")


@pytest.mark.parametrize("path", ["/admin/", PEOPLE, f"{PEOPLE}1/change/", "/admin/auth/group/"])
def test_who_is_no_staff_is_led_to_the_log_in(browser_of: BrowserOf, ann: User, path: str) -> None:
    for client in (Client(), browser_of(ann)):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_a_moderator_looks_people_up_and_changes_none(
    browser_of: BrowserOf, ann: User, bo: User
) -> None:
    desk, page = browser_of(bo), f"{PEOPLE}{ann.pk}/change/"
    assert desk.get(PEOPLE).status_code == 200
    assert 'name="is_staff"' not in desk.get(page).content.decode()
    assert desk.post(page, {"is_staff": "on", "groups": [1]}).status_code == 403
    ann.refresh_from_db()
    assert (ann.is_staff, ann.groups.count()) == (False, 0)


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_a_moderator_makes_and_deletes_nobody(
    browser_of: BrowserOf, ann: User, bo: User, path: str
) -> None:
    assert browser_of(bo).get(PEOPLE + path.format(pk=ann.pk)).status_code == 403
    assert browser_of(bo).get("/admin/auth/group/").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [("ann", True), ("Ann", True), ("ann@example.org", True), ("小梅", False), ("%", False)],
)
def test_people_are_found_by_name_and_address(
    browser_of: BrowserOf, ann: User, mei: User, bo: User, query: str, found: bool
) -> None:
    page = browser_of(bo).get(PEOPLE, {"q": query}).content.decode()
    assert (f"{PEOPLE}{ann.pk}/change/" in page) is found


def test_an_administrator_gives_a_role(browser_of: BrowserOf, root: User, ann: User) -> None:
    role = Group.objects.get(name=MODERATORS)
    sent = {"is_staff": "on", "groups": [role.pk]}
    assert browser_of(root).post(f"{PEOPLE}{ann.pk}/change/", sent).status_code == 302
    ann = User.objects.get(pk=ann.pk)
    assert (ann.is_staff, ann.is_moderator, list(ann.groups.all())) == (True, True, [role])


def test_giving_a_role_leaves_the_counters_that_moved_meanwhile(
    browser_of: BrowserOf, root: User, ann: User
) -> None:
    """A form that was open for a while saves what was changed in it, and nothing else."""
    browser = browser_of(root)
    saved: list[object] = []

    def note(update_fields: object, **_: object) -> None:
        saved.append(update_fields)

    pre_save.connect(note, sender=User)
    try:
        browser.post(f"{PEOPLE}{ann.pk}/change/", {"is_staff": "on", "groups": []})
    finally:
        pre_save.disconnect(note, sender=User)
    assert saved == [frozenset({"is_staff"})]


@pytest.mark.parametrize("field", ["username", "display_name", "bio", "is_active", "is_limited"])
def test_what_has_a_door_of_its_own_is_not_changed_here(
    browser_of: BrowserOf, root: User, ann: User, field: str
) -> None:
    before = getattr(ann, field)
    sent = {"is_staff": "", "groups": [], field: "changed_by_hand"}
    browser_of(root).post(f"{PEOPLE}{ann.pk}/change/", sent)
    ann.refresh_from_db()
    assert getattr(ann, field) == before


@pytest.mark.parametrize(
    "model",
    ["account_emailaddress", "mfa_authenticator", "usersessions_usersession", "knox_authtoken"],
)
def test_secrets_and_sessions_have_no_page(model: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{model}_changelist")


@pytest.mark.parametrize(
    ("role", "decides"), [(MODERATORS, True), (SENIORS, True), (AUDITORS, False)]
)
def test_a_role_needs_staff_and_an_account_in_use(role: str, decides: bool) -> None:
    person = make_person("lin", is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    fields = [{}, {"is_staff": False}, {"is_active": False}]
    found = []
    for changed in fields:
        whole = {"is_staff": True, "is_active": True} | changed
        User.objects.filter(pk=person.pk).update(**whole)
        found.append(User.objects.get(pk=person.pk).is_moderator)
    assert found == [decides, False, False]


def test_a_token_without_the_scope_speaks_for_the_person_alone(bo: User) -> None:
    bo.may_moderate = False
    assert not bo.is_moderator


def test_nobody_else_is_a_moderator(ann: User, root: User) -> None:
    assert not ann.is_moderator
    assert root.is_moderator
