"""A small demo, planted once for all of these tests, which change nothing that lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from accounts.models import Follow, User
from feeds import ranking
from feeds.demo import art, content
from feeds.demo.art.canvas import Canvas, jpeg
from feeds.demo.art.colours import MOODS
from feeds.demo.content import Person, Post
from feeds.demo.plant import Crop, plant
from feeds.tests.test_demo import POSTS, demo
from moderation.models import Case, State
from notes.models import Board, Comment, Image, Like, Note

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def few() -> list[Post]:
    """The first note of each language, and one with several pictures."""
    return [*POSTS[:2], next(post for post in POSTS[2:] if len(post.pictures) == 2)]


@pytest.fixture(scope="module")
def cast(few: list[Post]) -> list[Person]:
    """Who appears in these notes, and whom one can log in as."""
    names = {content.AUTHOR, content.READER, content.MODERATOR, "demo_tang"}
    for post in few:
        names |= {post.author, *(remark.author for remark in post.remarks)}
    return [person for person in content.people() if person.handle in names]


@pytest.fixture(scope="module")
def crop(
    shared_database: None, media_folders: Iterator[Path], cast: list[Person], few: list[Post]
) -> Crop:
    with override_settings(MEDIA_ROOT=next(media_folders)):
        return plant(cast, few, content.trouble(), small, True)


def small(sketches: Iterable[art.Sketch]) -> Iterator[bytes]:
    """Paint at a sixth of the size."""
    for sketch in sketches:
        canvas = Canvas(180, 1.0, sketch.seed, MOODS[sketch.mood], sketch.detail)
        art.SCENES[sketch.scene](canvas)
        yield jpeg(canvas.printed())


def test_a_small_demo_is_planted_without_a_worker(
    crop: Crop, cast: list[Person], few: list[Post]
) -> None:
    assert crop.people == User.objects.count() == len(cast)
    assert crop.notes == Note.objects.count() == len(few) + len(content.trouble())
    assert crop.images == Image.objects.filter(status=Image.Status.READY).count()
    assert crop.comments == Comment.objects.count() == sum(len(post.remarks) for post in few)
    assert crop.likes == Like.objects.count() > 0
    assert crop.follows == Follow.objects.count() >= 5 * crop.people
    assert not Case.objects.filter(state=State.PENDING).exists()


def test_ordinary_notes_reach_explore_and_trouble_does_not(crop: Crop, few: list[Post]) -> None:
    order = ranking.rank(ranking.Scope())
    titles = set(Note.objects.filter(pk__in=order).values_list("title", flat=True))
    assert titles == {post.title for post in few}
    assert Case.objects.waiting_for_a_person().count() == 3


def test_the_notes_are_spread_over_the_last_days(crop: Crop, few: list[Post]) -> None:
    now = timezone.now()
    notes = Note.objects.filter(case__state=State.PUBLISHED).order_by("published_at")
    assert [note.title for note in notes] == [post.title for post in few]
    for note in notes:
        assert note.published_at is not None
        assert now - timedelta(days=11) < note.published_at == note.created_at < now
        for comment in note.comments.all():
            assert note.created_at < comment.created_at < now
    assert not Note.objects.exclude(case__state__in=("published", "limited")).published().exists()


def test_people_have_roles_faces_and_friends_in_both_languages(crop: Crop) -> None:
    bo = User.objects.get(username=content.MODERATOR)
    assert (bo.is_moderator, bo.is_superuser) == (True, False)
    assert not User.objects.exclude(pk=bo.pk).filter(is_staff=True).exists()
    assert all(User.objects.get(username=name).check_password(content.PASSWORD)
               for name in (content.AUTHOR, content.READER, content.MODERATOR))  # fmt: skip
    assert not User.objects.filter(avatar="").exists()
    mei = User.objects.get(username=content.AUTHOR)
    followed = User.objects.filter(followers__follower=mei)
    assert {"zh", "en"} <= {language for person in followed for language in person.languages}


def test_people_go_on_with_their_notes(crop: Crop, few: list[Post]) -> None:
    titles = {post.title for post in few}
    expected = titles & set(content.afterwords())
    assert {note.title for note in Note.objects.exclude(edited_at=None)} == expected
    assert {n.title for n in Note.objects.exclude(pinned=None)} == titles & set(content.pinned())
    assert set(Board.objects.values_list("name", flat=True)) == {
        shelf.name for shelf in content.shelves()
    }


def test_running_it_twice_tells_the_logins_and_changes_nothing(crop: Crop) -> None:
    assert "already" in demo()[1]
    assert Note.objects.count() == crop.notes
    out, err = demo("--logins")
    assert [line.split()[0] for line in out.splitlines()] == [
        "Log",
        content.AUTHOR,
        content.READER,
        content.MODERATOR,
    ]
    assert out.rstrip().endswith("/admin/")
    assert err == ""
