"""Two people, or one in a hurry, between the same two people at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import leave
from accounts.mailing import send_due_letters, send_letter_now
from accounts.models import Block, Follow, FollowRequest, Kind, Letter, Notification, Token, User
from accounts.tests.test_letters import link_in, sent
from conftest import PASSWORD, make_person
from feeds.erasure import erase
from moderation.models import Case
from notes.models import Image, Note
from tests.crowd import CROWD, REPEATED, at_once, everybody

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_counters(transactional_db: None) -> None:
    """The table of counters is no model's: nobody empties it between these tests."""
    cache.clear()


def counts(*people: User) -> list[tuple[int, int]]:
    fresh = [User.objects.get(pk=person.pk) for person in people]
    return [(person.follower_count, person.following_count) for person in fresh]


@REPEATED
def test_c1_one_person_follows_many_times_at_once(api: Api, repeat: int) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    clients = [api(ann) for _ in range(CROWD)]
    codes = at_once(*(lambda c=c: c.put("/api/v1/users/mei/follow/").status_code for c in clients))
    assert codes == [204] * CROWD
    assert counts(ann, mei) == [(0, 1), (1, 0)]
    assert Follow.objects.count() == 1
    assert Notification.objects.filter(recipient=mei, kind=Kind.FOLLOW).count() == 1


@REPEATED
def test_c1_asking_a_private_account_many_times_at_once(api: Api, repeat: int) -> None:
    ann, mei = make_person("ann"), make_person("mei", is_private=True)
    clients = [api(ann) for _ in range(CROWD)]
    codes = at_once(*(lambda c=c: c.put("/api/v1/users/mei/follow/").status_code for c in clients))
    assert codes == [202] * CROWD
    assert (FollowRequest.objects.count(), Follow.objects.count()) == (1, 0)
    assert Notification.objects.filter(recipient=mei).count() == 1


@REPEATED
def test_accepting_twice_and_taking_back_at_once(api: Api, repeat: int) -> None:
    ann, mei = make_person("ann"), make_person("mei", is_private=True)
    api(ann).put("/api/v1/users/mei/follow/")
    accepting, asking = [api(mei) for _ in range(4)], [api(ann) for _ in range(4)]
    path = "/api/v1/me/follow-requests/ann/"
    at_once(
        *(lambda c=c: c.put(path).status_code for c in accepting),
        *(lambda c=c: c.delete("/api/v1/users/mei/follow/").status_code for c in asking),
    )
    followed = Follow.objects.count()
    assert counts(ann, mei) == [(0, followed), (followed, 0)]
    assert FollowRequest.objects.count() == 0


def given_once(codes: list[int]) -> None:
    """One joined; to the others the name was taken, or they came with too many at a time."""
    assert codes.count(201) == 1
    assert set(codes) <= {201, 400, 429}


@REPEATED
def test_c4_one_handle_in_many_spellings_is_given_once(repeat: int) -> None:
    spellings = ["lin", "LIN", "Lin", "ｌｉｎ", "ＬＩＮ", "lIn"]

    def join(n: int) -> int:
        handle = spellings[n % len(spellings)]
        body = {"username": handle, "email": f"lin{n}@example.org", "password": PASSWORD}
        return int(APIClient().post("/api/v1/auth/register/", body).status_code)

    given_once(everybody(join))
    assert User.objects.get().username == "lin"


@REPEATED
def test_c4_one_address_in_many_spellings_is_given_once(repeat: int) -> None:
    spellings = ["lin@example.org", "LIN@example.org", "Lin@Example.org", "ｌｉｎ@example.org"]

    def join(n: int) -> int:
        address = spellings[n % len(spellings)]
        body = {"username": f"lin_{n}", "email": address, "password": PASSWORD}
        return int(APIClient().post("/api/v1/auth/register/", body).status_code)

    given_once(everybody(join))
    assert User.objects.get().email == EmailAddress.objects.get().email == "lin@example.org"


@REPEATED
def test_c5_one_key_makes_one_token(repeat: int) -> None:
    make_person("ann")
    body = {"username": "ann", "password": PASSWORD}

    def ask() -> int:
        client = APIClient()
        answer = client.post("/api/v1/auth/token/", body, headers={"Idempotency-Key": "once"})
        return int(answer.status_code)

    codes = at_once(*[ask] * CROWD)
    assert set(codes) <= {201, 409}
    assert 201 in codes
    assert Token.objects.count() == 1


@REPEATED
def test_c8_a_block_against_follows_leaves_no_follow(api: Api, repeat: int) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    following, blocking = [api(ann) for _ in range(CROWD - 2)], [api(mei) for _ in range(2)]
    codes = at_once(
        *(lambda c=c: c.put("/api/v1/users/mei/follow/").status_code for c in following),
        *(lambda c=c: c.put("/api/v1/users/ann/block/").status_code for c in blocking),
    )
    assert set(codes[:-2]) <= {204, 404}
    assert codes[-2:] == [204, 204]
    assert (Follow.objects.count(), Block.objects.count()) == (0, 1)
    assert counts(ann, mei) == [(0, 0), (0, 0)]


@REPEATED
def test_two_who_follow_and_block_each_other_never_deadlock(api: Api, repeat: int) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    calls = []
    for here, there in ((ann, mei), (mei, ann)):
        for verb in ("follow", "block"):
            for method in ("put", "delete"):
                client, path = api(here), f"/api/v1/users/{there.username}/{verb}/"
                calls.append(lambda m=method, c=client, p=path: getattr(c, m)(p).status_code)
    assert set(at_once(*calls)) <= {204, 404}
    rows = [
        (Follow.objects.filter(followee=p).count(), Follow.objects.filter(follower=p).count())
        for p in (ann, mei)
    ]
    assert counts(ann, mei) == rows


@REPEATED
def test_c12_a_crowd_of_guesses_gets_ten(repeat: int) -> None:
    make_person("ann")

    def guess(n: int) -> int:
        body = {"username": "ann", "password": f"guess number {n}"}
        return int(APIClient().post("/api/v1/auth/token/", body).status_code)

    codes = everybody(guess, max(CROWD, 24))
    assert set(codes) <= {400, 429}
    assert codes.count(400) <= 10
    right = {"username": "ann", "password": PASSWORD}
    while guess(99) == 400:
        pass
    assert APIClient().post("/api/v1/auth/token/", right).status_code == 429


@REPEATED
def test_one_address_is_confirmed_once_and_the_others_are_told(repeat: int) -> None:
    visitors = []
    for n in range(CROWD):
        person = make_person(f"lin_{n}", email="lin@example.org")
        address = EmailAddress.objects.create(user=person, email=person.email, primary=True)
        key = EmailConfirmationHMAC(address).key
        visitors.append((Client(), f"/accounts/confirm-email/{key}/"))

    def confirm(n: int) -> str:
        visitor, path = visitors[n]
        return str(visitor.post(path, follow=True).content.decode())

    pages = everybody(confirm)
    assert EmailAddress.objects.filter(verified=True).count() == 1
    taken = "This address is taken: another account has confirmed it already."
    assert sum(taken in page for page in pages) == CROWD - 1
    assert sum("is confirmed" in page for page in pages) == 1


@REPEATED
def test_c13_a_link_to_a_new_password_is_used_once(repeat: int) -> None:
    cache.clear()  # what earlier repeats asked for counts towards no limit here
    ann = make_person("ann")
    EmailAddress.objects.create(user=ann, email=ann.email, primary=True)
    Client().post("/accounts/password/reset/", {"email": ann.email})
    link = link_in(sent())
    visitors = []
    for _ in range(CROWD):
        visitor = Client()
        visitors.append((visitor, visitor.get(link, follow=True).request["PATH_INFO"]))

    def choose(n: int) -> str:
        visitor, path = visitors[n]
        words = {"password1": f"a-new-word-{n}-xyz", "password2": f"a-new-word-{n}-xyz"}
        answer = visitor.post(path, words)
        # Too many from one address are asked to come again.
        assert answer.status_code in (200, 302, 429)
        return answer.headers.get("Location", "")

    ways = everybody(choose)
    assert ways.count("/accounts/password/reset/key/done/") == 1
    ann.refresh_from_db()
    winner = ways.index("/accounts/password/reset/key/done/")
    assert ann.check_password(f"a-new-word-{winner}-xyz")


@REPEATED
def test_c13_a_recovery_code_is_used_once(repeat: int) -> None:
    ann = make_person("ann")
    TOTP.activate(ann, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(ann).get_unused_codes()[0]
    body = {"username": "ann", "password": PASSWORD, "code": code}
    calls = [lambda: APIClient().post("/api/v1/auth/token/", body).status_code] * CROWD
    codes = at_once(*calls)
    assert codes.count(201) == 1
    assert Token.objects.count() == 1


@REPEATED
def test_a_letter_is_sent_once(repeat: int, mailoutbox: list[Any]) -> None:
    letter = Letter.objects.create(to="ann@example.org", subject="x", text="x", html="x")
    at_once(*[lambda: send_letter_now(letter.pk)] * 4, *[send_due_letters] * 2)
    assert len(mailoutbox) == 1
    assert not Letter.objects.exists()


@REPEATED
def test_c14_erasing_against_ones_own_post(api: Api, ready_image: Ready, repeat: int) -> None:
    ann = make_person("ann")
    clients = [(api(ann), ready_image(ann).pk) for _ in range(CROWD - 1)]

    def post(n: int) -> int:
        client, image = clients[n]
        body = {"title": "Mine", "images": [image]}
        return int(client.post("/api/v1/notes/", body).status_code)

    def go() -> bool:
        leave(User.objects.get(pk=ann.pk))
        return erase(ann.pk)

    codes = at_once(go, *(lambda n=n: post(n) for n in range(CROWD - 1)))
    assert codes[0] is True
    assert set(codes[1:]) <= {201, 400, 401, 404, 409}
    assert (User.objects.count(), Note.objects.count(), Image.objects.count()) == (0, 0, 0)
    assert not Case.objects.filter(author__isnull=False).exists()


@REPEATED
def test_many_words_at_once_keep_to_the_limit(api: Api, repeat: int) -> None:
    ann = make_person("ann")
    clients = [api(ann) for _ in range(CROWD)]
    path = "/api/v1/me/muted-words/"
    codes = at_once(*(lambda c=c: c.post(path, {"word": "loud"}).status_code for c in clients))
    assert codes == [201] * CROWD
    assert ann.muted_words.count() == 1
