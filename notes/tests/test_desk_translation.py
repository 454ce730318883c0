"""Bo reads little Chinese today: what is held is translated for whoever decides on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts import breaker
from accounts.actions import change_profile
from accounts.models import User
from conftest import PostNote
from moderation.models import Case, Look
from notes.models import Note, Translation
from notes.tests.engine import Service
from notes.translation.port import SERVICE

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


@pytest.fixture
def held(mei: User, post_note: PostNote) -> Note:
    return post_note(mei, "秋天的湖", "今天很开心。", state="held", language="zh")


def asked(browser: Client, note: Note) -> str:
    answer = browser.post(f"/admin/translation/{note.case_id}/", headers={"Accept-Language": "en"})
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_held_note_is_translated_for_a_moderator_and_kept_nowhere(
    engine: Service, browser_of: BrowserOf, bo: User, held: Note
) -> None:
    page = asked(browser_of(bo), held)
    assert '<div class="prose">The lake in autumn<br>' in page
    assert "I am happy today." in page
    assert (Translation.objects.count(), Look.objects.filter(case=held.case).count()) == (0, 0)
    screen = browser_of(bo).get(f"/admin/moderation/case/{held.case_id}/change/").content.decode()
    assert f'action="/admin/translation/{held.case_id}/"' in screen


def test_nobody_else_gets_it(
    engine: Service, browser_of: BrowserOf, ann: User, mei: User, held: Note
) -> None:
    assert [asked(browser, held) for browser in (Client(), browser_of(ann), browser_of(mei))] == [
        "404", "404", "404",
    ]  # fmt: skip
    assert engine.asked == []


def test_what_is_not_for_everybody_is_sent_to_no_machine(
    engine: Service, browser_of: BrowserOf, bo: User, mei: User, held: Note
) -> None:
    change_profile(mei, is_private=True)
    assert "A machine translates only what others can read too." in asked(browser_of(bo), held)
    assert engine.asked == []
    assert Look.objects.filter(case=held.case, by=bo).exists()


def test_without_an_answer_the_desk_says_so(
    engine: Service, settings: LazySettings, browser_of: BrowserOf, bo: User, held: Note
) -> None:
    engine.mood = "broken"
    assert "does not answer at the moment" in asked(browser_of(bo), held)
    breaker.close(SERVICE)
    settings.LIBRETRANSLATE_URL = ""
    assert "no machine translates on this server" in asked(browser_of(bo), held)
    assert Case.objects.get(kind="note").state == "held"
