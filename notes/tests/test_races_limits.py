"""The last place of every limit is given once, however many ask for it at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from rest_framework.test import APIClient

from accounts.actions import change_handle, mute_word
from accounts.actions.between import MOST_WORDS
from accounts.models import FormerHandle, MutedWord, User
from conftest import make_person
from notes.actions.glossary import MOST_WAITING
from notes.actions.notes import MOST_DRAFTS
from notes.models import MOST_BOARDS, Board, Note, Term
from tests.crowd import CROWD, REPEATED, everybody

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db(transaction=True)


@REPEATED
def test_drafts_stop_at_a_hundred(api: Api, repeat: int) -> None:
    ann = make_person("ann")
    Note.drafts.bulk_create(Note(author=ann) for _ in range(MOST_DRAFTS - 2))
    clients = [api(ann) for _ in range(CROWD)]
    sent = {"title": "One more", "images": [], "draft": True}
    codes = everybody(lambda n: clients[n].post("/api/v1/notes/", sent, format="json").status_code)
    assert (codes.count(201), codes.count(400)) == (2, CROWD - 2)
    assert Note.drafts.by(ann).count() == MOST_DRAFTS


@REPEATED
def test_boards_stop_at_two_hundred(api: Api, repeat: int) -> None:
    ann = make_person("ann")
    Board.objects.bulk_create(Board(owner=ann, name=f"{n}") for n in range(MOST_BOARDS - 2))
    clients = [api(ann) for _ in range(CROWD)]

    def act(n: int) -> int:
        return clients[n].post("/api/v1/boards/", {"name": f"new {n}"}).status_code

    codes = everybody(act)
    assert (codes.count(201), codes.count(400)) == (2, CROWD - 2)
    assert ann.boards.count() == MOST_BOARDS


@REPEATED
def test_muted_words_stop_at_two_hundred(api: Api, repeat: int) -> None:
    ann = make_person("ann")
    MutedWord.objects.bulk_create(
        MutedWord(owner=ann, word=f"word {n}") for n in range(MOST_WORDS - 2)
    )
    clients = [api(ann) for _ in range(CROWD)]

    def act(n: int) -> int:
        return clients[n].post("/api/v1/me/muted-words/", {"word": f"new {n}"}).status_code

    codes = everybody(act)
    assert (codes.count(201), codes.count(400)) == (2, CROWD - 2)
    assert ann.muted_words.count() == MOST_WORDS
    # A word that is muted already takes no place.
    assert mute_word(ann, "word 0").word == "word 0"


@REPEATED
def test_offers_for_the_glossary_stop_at_twenty(api: Api, repeat: int) -> None:
    ann = make_person("ann")
    waiting = [
        Term(word=f"w{n}", name=f"w{n}", language="en", means="x", offered_by=ann)
        for n in range(MOST_WAITING - 2)
    ]
    Term.objects.bulk_create(waiting)
    clients = [api(ann) for _ in range(CROWD)]

    def act(n: int) -> int:
        said = {"word": f"new{n}", "language": "en", "means": "x", "text_zh": "解释"}
        return clients[n].post("/api/v1/glossary/", said).status_code

    codes = everybody(act)
    assert (codes.count(201), codes.count(400)) == (2, CROWD - 2)
    assert Term.objects.waiting().filter(offered_by=ann).count() == MOST_WAITING


@REPEATED
def test_a_handle_changes_twice_however_many_windows_are_open(repeat: int) -> None:
    ann = make_person("ann")

    def act(n: int) -> bool:
        try:
            change_handle(User.objects.get(pk=ann.pk), f"ann_{n}")
        except ValidationError as refused:
            return refused.error_dict["username"][0].code != "too_many"
        return True

    assert everybody(act).count(True) == 2
    assert FormerHandle.objects.filter(user=ann).count() == 2
