"""Planting the demo: people, notes, comments and likes, all through the real actions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.actions import change_avatar, follow, register
from accounts.models import MODERATORS, Follow, Notification, User
from accounts.rendering import render_avatar_of
from feeds.delivery import deliver_published
from feeds.demo import art, content
from feeds.demo.afterwards import go_on
from feeds.demo.content import Person, Post
from feeds.demo.settle import await_worker, give_past, settle
from feeds.ranking import refresh_common
from moderation.models import VISIBLE_STATES
from notes.actions import like, submit_comment, submit_note, upload_image
from notes.models import Comment, Note

PAST = timedelta(days=10)
# From so many pictures on, a note is a set of squares.
SET_SIZE = 4
# How many hearts: the share of all readers, falling with the rank of the note.
LIKE_POWER = 0.62
OTHER_LANGUAGE_LIKES = 0.35

Paint = Callable[[Iterable[art.Sketch]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Crop:
    """What was planted."""

    people: int
    notes: int
    images: int
    comments: int
    likes: int
    follows: int


class Planter:
    """Plants people and notes; the same arguments make the same demo."""

    def __init__(self, people: Sequence[Person], paint: Paint, render_at_once: bool) -> None:
        self.rng = random.Random("redleaf")  # noqa: S311 - a demo, not secrets
        self.now = timezone.now()
        self.paint = paint
        self.render_at_once = render_at_once
        self.people = {person.handle: person for person in people}
        self.users: dict[str, User] = {}
        self.notes: list[tuple[Note, Post]] = []
        self.comments: list[Comment] = []

    def plant(self, posts: Sequence[Post], trouble: Sequence[Post]) -> Crop:
        self.enrol()
        follows = self.weave()
        images = self.post(posts, trouble)
        if not self.render_at_once:
            await_worker(0)
        settle()
        give_past([note for note, _ in self.notes], self.comments)
        likes = self.love()
        go_on(self.users, self.rng)
        deliver_published()
        refresh_common()
        return Crop(len(self.users), len(self.notes), images, len(self.comments), likes, follows)

    def enrol(self) -> None:
        for person in self.people.values():
            user = register(
                person.handle,
                f"{person.handle}@example.org",
                None,
                display_name=person.name,
                bio=person.bio,
                languages=list(person.reads),
                ui_language="zh-hans" if person.reads[0] == "zh" else "en",
                date_joined=self.now - PAST - timedelta(days=self.rng.uniform(20, 400)),
                is_staff=person.handle == content.MODERATOR,
            )
            if user.is_staff:
                user.groups.add(Group.objects.get(name=MODERATORS))
            scene, mood, *detail = person.face
            sketch = art.Sketch(scene, mood, "".join(detail), person.handle)
            file = SimpleUploadedFile("avatar.jpg", art.paint_avatar(sketch))
            change_avatar(user, file)
            render_avatar_of(user.pk)
            self.users[person.handle] = user
        # Hashed once: it is public, and a hash takes a quarter of a second of all cores.
        User.objects.filter(pk__in=[user.pk for user in self.users.values()]).update(
            password=make_password(content.PASSWORD)
        )

    def weave(self) -> int:
        """Let everybody follow some of their language and some of the other."""
        for handle, user in self.users.items():
            others = [name for name in self.users if name not in (handle, "demo_tang")]
            mine = self.people[handle].reads[0]
            near = [name for name in others if mine in self.people[name].reads]
            far = [name for name in others if name not in near]
            chosen = self._sample(near, 6) + self._sample(far, 3)
            for name in chosen:
                follow(user, self.users[name])
        self._spread_notifications()
        return Follow.objects.filter(follower__in=self.users.values()).count()

    def _sample(self, names: list[str], count: int) -> list[str]:
        return self.rng.sample(names, min(len(names), count))

    def _spread_notifications(self) -> None:
        told = list(Notification.objects.filter(recipient__in=self.users.values()))
        for notification in told:
            notification.created_at = self.now - PAST * self.rng.random()
        Notification.objects.bulk_update(told, ["created_at"])

    def post(self, posts: Sequence[Post], trouble: Sequence[Post]) -> int:
        """Post everything in the order of its dates, while the pictures are painted."""
        dated = [*zip(self._dates(len(posts)), posts, strict=True)]
        # The queue of a moderator holds nothing older than some hours.
        dated += [(self.now - timedelta(minutes=40 + 55 * i), one) for i, one in enumerate(trouble)]
        dated.sort(key=lambda pair: pair[0])
        sketches = [list(_sketches(post)) for _, post in dated]
        painted = self.paint(sketch for of_note in sketches for sketch in of_note)
        for (date, post), of_note in zip(dated, sketches, strict=True):
            self._post(date, post, [next(painted) for _ in of_note])
        return sum(map(len, sketches))

    def _dates(self, count: int) -> list[datetime]:
        """Moments of the last days, closer together towards now."""
        shares = sorted((self.rng.random() ** 1.25 for _ in range(count)), reverse=True)
        return [self.now - timedelta(minutes=25) - PAST * share for share in shares]

    def _post(self, date: datetime, post: Post, jpegs: Sequence[bytes]) -> None:
        author = self.users[post.author]
        images = [
            upload_image(author, SimpleUploadedFile("drawn.jpg", jpeg), picture.alt).pk
            for jpeg, picture in zip(jpegs, post.pictures, strict=True)
        ]
        with transaction.atomic():
            note = submit_note(
                author,
                post.title,
                post.body,
                images,
                place=post.place,
                second_title=post.second[0],
                second_body=post.second[1],
            )
            note.created_at = date
            note.published_at = None if post.is_trouble else date
            note.save(update_fields=["created_at", "published_at"])
        self.notes.append((note, post))
        self._comment(note, post)
        settle() if self.render_at_once else await_worker()

    def _comment(self, note: Note, post: Post) -> None:
        parent, date = None, note.created_at
        for remark in post.remarks:
            date += (self.now - date) * min(0.5, self.rng.expovariate(9))
            with transaction.atomic():
                comment = submit_comment(
                    self.users[remark.author],
                    note,
                    remark.text,
                    parent if remark.is_reply else None,
                )
                comment.created_at = date
                comment.save(update_fields=["created_at"])
            parent = parent if remark.is_reply else comment
            self.comments.append(comment)

    def love(self) -> int:
        """Give likes: many to few notes, few to many."""
        pks = [note.pk for note, _ in self.notes]
        seen = set(
            Note.objects.filter(pk__in=pks, case__state__in=VISIBLE_STATES).values_list(
                "pk", flat=True
            )
        )
        notes = [(note, post) for note, post in self.notes if note.pk in seen]
        self.rng.shuffle(notes)
        given = 0
        for rank, (note, post) in enumerate(notes):
            share = (rank + 1) ** -LIKE_POWER * self.rng.uniform(0.8, 1.6)
            for user in self._readers(note, post, min(1.0, share * 1.2)):
                like(user, note)
                given += 1
        return given

    def _readers(self, note: Note, post: Post, share: float) -> Iterator[User]:
        for handle, user in self.users.items():
            reads = post.language in self.people[handle].reads
            chance = share if reads else share * OTHER_LANGUAGE_LIKES
            if handle != post.author and self.rng.random() < chance:
                yield user


def _sketches(post: Post) -> Iterator[art.Sketch]:
    for place, picture in enumerate(post.pictures):
        scene, mood, *detail = picture.drawn
        seed = f"{post.author} {post.title} {place}"
        in_set = len(post.pictures) >= SET_SIZE
        width = art.LATER_WIDTH if place else art.COVER_WIDTH
        yield art.Sketch(scene, mood, "".join(detail), seed, in_set, width)


def plant(
    people: Sequence[Person],
    posts: Sequence[Post],
    trouble: Sequence[Post],
    paint: Paint,
    render_at_once: bool,
) -> Crop:
    """Plant the demo; with `render_at_once` no worker is awaited."""
    return Planter(people, paint, render_at_once).plant(posts, trouble)
