"""The page of notes beside a note, and the chips of what is talked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote
from feeds.meetings import write_down
from feeds.models import Encounter, Place

BrowserOf = Callable[..., Client]
pytestmark = pytest.mark.django_db


def test_beside_a_note_stand_others_about_the_same(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Leaves", "#autumn")
    other = post_note(mei, "红叶", "#autumn")
    page = browser_of(mei).get(f"/notes/{note.pk}/related/").text
    assert f'href="/notes/{other.pk}/"' in page
    assert page.count('class="card__link"') == 1


def test_htmx_gets_the_cards_alone_and_nothing_where_there_are_none(
    client: Client, ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Leaves")
    part = client.get(f"/notes/{note.pk}/related/", headers={"HX-Request": "true"})
    assert part.text.strip() == ""
    assert "Nothing is near this note so far." in client.get(f"/notes/{note.pk}/related/").text


def test_who_comes_to_the_end_of_a_note_has_opened_it(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Leaves")
    browser_of(mei).get(f"/notes/{note.pk}/related/")
    write_down()
    met = Encounter.objects.filter(reader=mei, place=Place.OPENED)
    assert [encounter.note_id for encounter in met] == [note.pk]


def test_what_is_hidden_has_no_neighbours(client: Client, ann: User, post_note: PostNote) -> None:
    note = post_note(ann, "Leaves", state="held")
    assert client.get(f"/notes/{note.pk}/related/").status_code == 404


def test_what_several_write_about_is_a_chip_of_explore(
    client: Client, ann: User, mei: User, post_note: PostNote
) -> None:
    for author in (ann, mei):
        post_note(author, "Leaves", "#autumn #alone" if author == ann else "#autumn")
    page = client.get("/").text
    assert '<a href="/topics/autumn/" lang="und">#autumn</a>' in page
    assert "/topics/alone/" not in page
