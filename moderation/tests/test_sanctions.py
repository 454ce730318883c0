"""Sanctions: an end, a reason, an appeal; bans by two; what they took comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import suspend
from accounts.models import SENIORS, Letter, User
from conftest import PostNote, make_person
from moderation.actions import (
    answer_appeal,
    appeal,
    decide_by_hand,
    lift_sanction,
    sanction,
    second_ban,
)
from moderation.models import AlreadyDecidedError, Appeal, Case, Sanction, SanctionKind, Verdict
from moderation.policy import Outcome
from moderation.sanctioning import end_due
from notes.actions import submit_comment
from notes.models import Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


def senior(name: str) -> User:
    person = make_person(name, is_staff=True)
    person.groups.add(Group.objects.get(name=SENIORS))
    return person


@pytest.fixture
def lin(db: None) -> User:
    return senior("lin_hua")


@pytest.fixture
def qiu(db: None) -> User:
    return senior("qiu_yue")


def let_time_pass() -> None:
    Sanction.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    end_due()


def reach_of(note: Note, viewer: User) -> tuple[bool, bool]:
    """Whether somebody may read it, and whether it may be recommended."""
    return (
        Note.objects.visible(viewer).filter(pk=note.pk).exists(),
        Note.objects.recommendable().filter(pk=note.pk).exists(),
    )


def test_who_is_muted_reads_but_posts_nothing_until_it_ends(
    ann: User, tang: User, bo: User, post_note: PostNote, api: Api
) -> None:
    note = post_note(ann)
    sanction(tang, bo, "mute", "harassment", "You insulted three people.", 3)
    refused = api(tang).post(f"/api/v1/notes/{note.pk}/comments/", {"body": "Hm."})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "muted"
    assert api(tang).get(f"/api/v1/notes/{note.pk}/").status_code == 200
    let_time_pass()
    assert submit_comment(tang, note, "Hm.").pk


def test_who_is_limited_is_read_but_recommended_to_nobody(
    ann: User, mei: User, bo: User, post_note: PostNote, api: Api
) -> None:
    note = post_note(ann)
    assert reach_of(note, mei) == (True, True)
    sanction(ann, bo, "limit", "spam_scam", days=7)
    assert reach_of(note, mei) == (True, False)
    told = api(ann).get(f"/api/v1/notes/{note.pk}/").json()["reach"]
    assert told == {"link": True, "followers": True, "explore": False, "search": False}
    let_time_pass()
    assert reach_of(note, mei) == (True, True)


def test_a_suspension_hides_everything_and_its_end_gives_everything_back(
    ann: User, mei: User, lin: User, post_note: PostNote, api: Api
) -> None:
    note, client = post_note(ann), api(ann)
    note.like_count = 3
    note.save(update_fields=["like_count"])
    sanction(ann, lin, "suspend", "hate", days=30)
    assert reach_of(note, mei) == (False, False)
    assert client.get("/api/v1/me/").status_code == 401
    assert not User.objects.visible(mei).filter(pk=ann.pk).exists()
    let_time_pass()
    assert reach_of(note, mei) == (True, True)
    assert Note.objects.get(pk=note.pk).like_count == 3
    assert User.objects.visible(mei).filter(pk=ann.pk).exists()
    assert Sanction.objects.in_force().count() == 0


def test_two_workers_end_a_sanction_once(tang: User, bo: User) -> None:
    made = sanction(tang, bo, "mute", "harassment", days=1)
    let_time_pass()
    end_due()
    assert made.case is not None
    assert [v.outcome for v in made.case.verdicts.all()] == ["limit", "publish"]


def test_a_ban_needs_two_and_nothing_happens_before(
    tang: User, bo: User, lin: User, qiu: User
) -> None:
    with pytest.raises(PermissionDenied):
        sanction(tang, bo, "ban", "hate")
    proposal = sanction(tang, lin, "ban", "hate", "Again and again.")
    tang.refresh_from_db()
    assert (tang.is_active, Letter.objects.count()) == (True, 0)
    for other in (lin, bo):
        with pytest.raises(PermissionDenied):
            second_ban(proposal, other)
    second_ban(proposal, qiu)
    tang.refresh_from_db()
    assert (tang.is_active, Sanction.objects.get().seconded_by) == (False, qiu)
    with pytest.raises(AlreadyDecidedError):
        second_ban(proposal, qiu)


def test_the_database_itself_knows_that_one_person_bans_nobody(tang: User, lin: User) -> None:
    proposal = sanction(tang, lin, "ban", "hate")
    case = Case.objects.create(kind="account", author=tang, text="x")
    for change in ({"case": case}, {"case": case, "seconded_key": lin.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.filter(pk=proposal.pk).update(**change)


def test_neither_of_the_two_answers_the_appeal(
    tang: User, lin: User, qiu: User, client: Client
) -> None:
    proposal = sanction(tang, lin, "ban", "hate")
    second_ban(proposal, qiu)
    letter = Letter.objects.get()
    path = re.search(r"/appeals/\S+/", letter.text)
    assert path is not None
    page = client.post(path[0], {"text": "It was my brother."}, follow=True).content.decode()
    assert ("It was my brother." in page, "<textarea" in page) == (True, False)
    waits = Appeal.objects.get()
    for first in (lin, qiu):
        with pytest.raises(ValidationError):
            answer_appeal(waits, first, "No.", None)
    answer_appeal(waits, senior("third"), "You are right.", Outcome.PUBLISH)
    tang.refresh_from_db()
    assert (tang.is_active, Sanction.objects.in_force().exists()) == (True, False)


def test_a_link_that_nobody_wrote_opens_nothing(client: Client) -> None:
    assert client.get("/appeals/MQ:1abc:xyz/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words", "rule"),
    [("en", "recommended to nobody", "Do not"), ("zh-hans", "不会被推荐", "不")],
)
def test_the_letter_states_the_reasons_in_the_persons_language(
    ann: User, bo: User, language: str, words: str, rule: str
) -> None:
    User.objects.filter(pk=ann.pk).update(ui_language=language)
    ann.refresh_from_db()
    sanction(ann, bo, "limit", "harassment", "三条评论 / three comments", 7)
    letter = Letter.objects.get(to=ann.email)
    for said in (words, rule, "三条评论", "/appeals/"):
        assert said in letter.text


def test_a_sanction_stands_under_decisions_about_me_with_its_end(
    ann: User, bo: User, api: Api, browser_of: Callable[[User], Client]
) -> None:
    made = sanction(ann, bo, "limit", "harassment", "Three comments.", 7)
    (told,) = api(ann).get("/api/v1/decisions/").json()["results"]
    assert made.ends_at is not None
    assert (told["kind"], told["rule"], told["reason"], told["sanction"]["kind"]) == (
        "account", "harassment", "Three comments.", "limit",
    )  # fmt: skip
    assert told["sanction"]["ends_at"][:16] == made.ends_at.isoformat()[:16]
    page = browser_of(ann).get("/decisions/").content.decode()
    assert ("Three comments." in page, "recommended to nobody" in page) == (True, True)


def test_an_appeal_makes_a_suspension_milder(ann: User, mei: User, lin: User, qiu: User) -> None:
    made = sanction(ann, lin, "suspend", "hate", days=30)
    assert made.case is not None
    waits = appeal(made.case.verdicts.get(), ann, "Too hard.")
    answer_appeal(waits, qiu, "A little.", Outcome.LIMIT, "hate")
    ann.refresh_from_db()
    assert (ann.is_active, ann.is_limited) == (True, True)
    assert Sanction.objects.in_force().get().kind == SanctionKind.LIMIT


def test_a_milder_suspension_lengthens_the_limit_that_is_there(
    ann: User, bo: User, lin: User, qiu: User
) -> None:
    limit = sanction(ann, bo, "limit", "spam_scam", days=3)
    hard = sanction(ann, lin, "suspend", "hate", days=30)
    assert hard.case is not None
    waits = appeal(hard.case.verdicts.get(), ann, "Too hard.")
    answer_appeal(waits, qiu, "A little.", Outcome.LIMIT, "hate")
    ann.refresh_from_db()
    assert (ann.is_active, ann.is_limited) == (True, True)
    assert (Sanction.objects.in_force().get(), limit.kind) == (limit, "limit")
    assert Sanction.objects.get(pk=limit.pk).ends_at == hard.ends_at


def test_who_was_suspended_before_there_were_sanctions_stays_so(tang: User, bo: User) -> None:
    suspend(tang)
    sanction(tang, bo, "mute", "hate", days=1)
    let_time_pass()
    tang.refresh_from_db()
    assert (tang.is_active, tang.suspended_at is None) == (False, False)


def test_what_is_milder_ends_and_the_harder_one_stays(ann: User, bo: User, lin: User) -> None:
    limit = sanction(ann, bo, "limit", "spam_scam", days=3)
    hard = sanction(ann, lin, "suspend", "hate", days=30)
    lift_sanction(limit, bo)
    ann.refresh_from_db()
    assert (ann.is_limited, ann.is_active) == (False, False)
    with pytest.raises(PermissionDenied):
        lift_sanction(hard, bo)
    assert hard.case is not None
    with pytest.raises(ValidationError):
        decide_by_hand(Case.objects.get(pk=hard.case.pk), lin, Outcome.HOLD, "hate")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "flog", "rule": "hate", "days": 1}, "kind"),
        ({"kind": "mute", "rule": "", "days": 1}, "rule"),
        ({"kind": "mute", "rule": "hate", "days": 0}, "days"),
        ({"kind": "mute", "rule": "hate", "days": 9999}, "days"),
        ({"kind": "mute", "rule": "hate", "days": 1, "reason": "x" * 1001}, "reason"),
    ],
)
def test_what_is_wrong_with_a_sanction_is_said(
    tang: User, bo: User, said: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        sanction(tang, bo, **said)  # type: ignore[arg-type]
    assert list(refused.value.error_dict) == [field]
    assert not Sanction.objects.exists()


def test_a_sanction_is_in_force_once_and_never_on_staff(tang: User, bo: User, lin: User) -> None:
    sanction(tang, bo, "mute", "hate", days=1)
    with pytest.raises(ValidationError):
        sanction(tang, bo, "mute", "hate", days=2)
    with pytest.raises(ValidationError):
        sanction(lin, bo, "mute", "hate", days=2)
    assert Sanction.objects.count() == 1


def test_the_desk_sanctions_agrees_and_lifts(
    ann: User,
    tang: User,
    bo: User,
    lin: User,
    qiu: User,
    post_note: PostNote,
    browser_of: Callable[[User], Client],
) -> None:
    case = post_note(tang, state="held").case
    screen, list_of = f"/admin/moderation/case/{case.pk}/change/", "/admin/moderation/sanction/"
    said = {"do": "sanction", "sanction-rule": "hate", "sanction-days": "5"}
    denied = browser_of(bo).post(screen, said | {"sanction-kind": "suspend"})
    assert denied.status_code == 403
    browser_of(bo).post(screen, said | {"sanction-kind": "mute"})
    browser_of(lin).post(screen, said | {"sanction-kind": "ban"})
    assert [made.kind for made in Sanction.objects.in_force()] == ["mute"]
    assert [made.kind for made in Sanction.objects.proposed()] == ["ban"]
    ban = Sanction.objects.get(kind="ban")
    browser_of(lin).post(list_of, {"action": "agree", "_selected_action": [ban.pk]})
    assert User.objects.get(pk=tang.pk).is_active
    browser_of(qiu).post(list_of, {"action": "agree", "_selected_action": [ban.pk]})
    assert not User.objects.get(pk=tang.pk).is_active
    everything = list(Sanction.objects.values_list("pk", flat=True))
    browser_of(lin).post(list_of, {"action": "lift", "_selected_action": everything})
    assert User.objects.get(pk=tang.pk).is_active
    assert not Sanction.objects.in_force().exists()
    assert Verdict.objects.filter(case__kind="account", reason="").count() == 4
