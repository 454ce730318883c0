"""The surfaces that test_visibility.py walks over are many, and each can show a note."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from conftest import PostNote, bring_to, make_person
from feeds.search.indexing import tick
from feeds.tests.readers import Api, client_of, make_readers, names, writer
from feeds.tests.surfaces import SURFACES
from notes.actions import save_draft, submit_comment
from notes.models import Image

pytestmark = pytest.mark.django_db


def test_the_walk_meets_enough_surfaces_and_all_of_them_can_show_something(
    api: Api, ready_image: Callable[[User], Image], post_note: PostNote
) -> None:
    people = make_readers()
    author = writer("open", people)
    note = post_note(author, "canary00", f"body #canary #canary00 {names(people)}")
    bring_to(submit_comment(make_person("talker"), note, "canary00 says").case, "published")
    image = ready_image(author).pk
    draft = save_draft(author, title="canary01", body="", images=[image], publish_at=None)
    tick()
    shown = set()
    for viewer in (people["follower"], author):
        client = client_of(api, viewer)
        shown |= {name for name, surface in SURFACES.items() if surface(client, [note, draft])}
    assert len(SURFACES) >= 20
    assert set(SURFACES) - shown == set()
