"""What changes while a text waits for its translation, and what an engine may not say."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from rest_framework.test import APIClient

from accounts.actions import change_profile
from accounts.asking import EngineError
from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.actions import delete_note, offer_wording
from notes.models import Note, Translation
from notes.tests.engine import DICTIONARY, Service
from notes.tests.test_translation import url_of, wait, work
from notes.translation import engines
from notes.translation.deepl import DeepL
from notes.translation.making import make_due
from notes.translation.port import texts_of

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


class Meanwhile:
    """An engine that is so slow that something happens before it answers."""

    name = "Slow"

    def __init__(self, happen: Callable[[], object]) -> None:
        self.happen = happen

    def translate(
        self, texts: Sequence[str], source: str, target: str, deadline: float
    ) -> list[str]:
        self.happen()
        return ["Words" for _ in texts]


@pytest.mark.parametrize("change", ["deleted", "private", "edited", "removed"])
def test_what_changes_while_the_engine_speaks_gets_no_words_and_no_case(
    api: Api,
    mei: User,
    post_note: PostNote,
    engine: Service,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    note = post_note(mei, "秋天的湖")
    same = Note.objects.filter(pk=note.pk)
    changes: dict[str, Callable[[], object]] = {
        "deleted": lambda: delete_note(note, mei),
        "private": lambda: same.update(audience="private"),
        "edited": lambda: same.update(title="晚"),
        "removed": lambda: bring_to(note.case, "removed"),
    }
    api().get(url_of(note))
    monkeypatch.setattr(engines, "current", lambda: Meanwhile(changes[change]))
    make_due()
    assert not Case.objects.filter(kind="translation").exists()
    assert not Translation.objects.exclude(made_at=None).exists()


def test_what_nobody_else_may_read_leaves_the_server_for_no_engine(
    api: Api, mei: User, post_note: PostNote, engine: Service
) -> None:
    note = post_note(mei, "秋天的湖")
    api().get(url_of(note))
    bring_to(note.case, "removed")
    work()
    told = api(mei).get(url_of(note))
    assert (told.status_code, engine.asked) == (404, [])
    assert told.json()["detail"] == "A machine translates only what others can read too."
    bring_to(note.case, "published")
    wait()
    assert api(mei).get(url_of(note)).status_code == 202
    work()
    assert api().get(url_of(note)).json()["title"] == "The lake in autumn"


@pytest.mark.parametrize("said", ["a\0b", "half \ud83c"])
def test_characters_that_no_text_has_are_no_answer(
    api: Api,
    mei: User,
    post_note: PostNote,
    engine: Service,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
) -> None:
    monkeypatch.setitem(DICTIONARY, "湖", said)
    bad, good = post_note(mei, "湖"), post_note(mei, "秋天的湖")
    for note in (bad, good):
        api().get(url_of(note))
    work()
    assert api().get(url_of(bad)).json() == {"language": "en", "state": "delayed"}
    assert api().get(url_of(good)).json()["title"] == "The lake in autumn"


def test_deepl_that_answers_in_another_shape_has_failed(engine: Service) -> None:
    with pytest.raises(EngineError):
        texts_of([None], 1)
    engine.mood = "odd"
    with pytest.raises(EngineError, match="shape"):
        DeepL(engine.url, "secret").translate(["湖"], "zh", "en", time.monotonic() + 5)


def test_one_that_breaks_keeps_no_other_from_being_translated(
    api: Api,
    mei: User,
    post_note: PostNote,
    engine: Service,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for title in ("湖", "秋天的湖"):
        api().get(url_of(post_note(mei, title)))
    broken = iter([True])

    def happen() -> None:
        if next(broken, False):
            raise TypeError("nobody thought of this")

    monkeypatch.setattr(engines, "current", lambda: Meanwhile(happen))
    make_due()
    assert Translation.objects.exclude(made_at=None).count() == 1
    assert "could not be made" in caplog.text


def test_words_for_the_notes_of_an_account_that_becomes_private_are_public_no_more(
    api: Api, ann: User, mei: User, post_note: PostNote, engine: Service
) -> None:
    note = post_note(mei, "秋天的湖")
    api().get(url_of(note))
    work()
    offer_wording(ann, note, "en", "My lake", "")
    kinds = ["translation", "wording"]
    words = Case.objects.filter(kind__in=kinds).order_by("kind")
    assert [case.kind for case in words.public()] == kinds
    change_profile(mei, is_private=True)
    assert [case.is_public for case in words.all()] == [False, False]
    assert not words.public().exists()
