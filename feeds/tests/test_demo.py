"""The demo makes the place alive in both languages, and nothing in it is anybody's."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Follow, User
from feeds import ranking
from feeds.demo import art, content
from feeds.demo.art.canvas import Canvas, jpeg
from feeds.demo.art.colours import MOODS
from feeds.demo.content import Person, Post
from feeds.demo.plant import Crop, plant
from moderation.language import detect
from moderation.models import Case, State
from moderation.policy import Outcome, Ruling, Submission, judge
from notes.models import Board, Comment, Image, Like, Note

POSTS = content.posts()


@pytest.fixture
def few() -> list[Post]:
    """The first note of each language, and one with several pictures."""
    return [*POSTS[:2], next(post for post in POSTS[2:] if len(post.pictures) == 2)]


@pytest.fixture
def cast(few: list[Post]) -> list[Person]:
    """Who appears in these notes, and whom one can log in as."""
    names = {content.AUTHOR, content.READER, content.MODERATOR, "demo_tang"}
    for post in few:
        names |= {post.author, *(remark.author for remark in post.remarks)}
    return [person for person in content.people() if person.handle in names]


@pytest.fixture
def crop(db: None, cast: list[Person], few: list[Post]) -> Crop:
    return plant(cast, few, content.trouble(), small, True)


def small(sketches: Iterable[art.Sketch]) -> Iterator[bytes]:
    """Paint at a sixth of the size."""
    for sketch in sketches:
        canvas = Canvas(180, 1.0, sketch.seed, MOODS[sketch.mood], sketch.detail)
        art.SCENES[sketch.scene](canvas)
        yield jpeg(canvas.printed())


def demo(*options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("demo", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def ruling_on(post: Post) -> Ruling:
    words = f"{post.title}\n\n{post.body}"
    text = "\n\n".join([words, post.place, *(picture.alt for picture in post.pictures)])
    return judge(Submission("note", text, detect(words), 30, 3))


def test_the_demo_is_large_and_even() -> None:
    languages = Counter(post.language for post in POSTS)
    assert len(content.people()) >= 24
    assert len(POSTS) >= 120
    assert abs(languages["zh"] - languages["en"]) <= len(POSTS) // 10
    assert len({picture.drawn[0] for post in POSTS for picture in post.pictures}) >= 16
    assert max(len(post.pictures) for post in POSTS) == 9


def test_both_languages_appear_on_every_page_of_twenty() -> None:
    for start in range(0, len(POSTS) - 20, 20):
        assert {post.language for post in POSTS[start : start + 20]} == {"zh", "en"}


def test_everybody_says_that_they_are_invented() -> None:
    for person in content.people():
        assert person.handle.startswith("demo_")
        assert "demo persona" in person.bio.lower() or "演示角色" in person.bio


def test_only_people_of_the_demo_write_and_every_picture_is_described() -> None:
    handles = {person.handle for person in content.people()}
    for post in [*POSTS, *content.trouble()]:
        assert {post.author, *(remark.author for remark in post.remarks)} <= handles
        assert all(picture.alt for picture in post.pictures)


def test_every_ordinary_note_is_published_in_its_language() -> None:
    for post in POSTS:
        ruling = ruling_on(post)
        assert (ruling.outcome, ruling.language) == (Outcome.PUBLISH, post.language), post.title


def test_every_comment_is_published() -> None:
    texts = [remark.text for post in POSTS for remark in post.remarks]
    stopped = [
        text for text in texts if judge(Submission("comment", text)).outcome is not Outcome.PUBLISH
    ]
    assert stopped == []


def test_trouble_is_limited_held_and_removed() -> None:
    outcomes = {ruling_on(post).outcome for post in content.trouble()}
    assert outcomes == {Outcome.LIMIT, Outcome.HOLD, Outcome.REMOVE}


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


def test_what_happens_later_is_about_notes_and_people_that_exist() -> None:
    titles, handles = {post.title for post in POSTS}, {person.handle for person in content.people()}
    later = {*content.afterwords(), *content.pinned()}
    assert later - titles == set()
    assert {shelf.owner for shelf in content.shelves()} - handles == set()
    assert {post.language for post in POSTS if post.second[1]} == {"zh", "en"}


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


def test_without_a_demo_there_are_no_logins(mei: User) -> None:
    assert demo("--logins") == ("", "")


def test_if_empty_leaves_a_place_with_people_alone(mei: User) -> None:
    assert demo("--if-empty") == ("", "")
    assert User.objects.count() == 1


def test_a_public_server_gets_no_demo(db: None, settings: LazySettings) -> None:
    settings.INSECURE_HTTP = False
    with pytest.raises(CommandError):
        demo()
    assert User.objects.count() == 0
