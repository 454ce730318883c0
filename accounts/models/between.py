"""What is between people: following, asking to follow, blocking, muting."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User, Viewer


class Follow(models.Model):
    """One person follows another."""

    follower = models.ForeignKey(User, models.CASCADE, related_name="following")
    followee = models.ForeignKey(User, models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["followee", "follower"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followee")), name="follow_not_oneself"),
        ]
        indexes = [models.Index(fields=["follower", "-id"], name="follow_by_follower")]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followee_id}"


class FollowRequest(models.Model):
    """Somebody asks to follow a person whose account is private."""

    requester = models.ForeignKey(User, models.CASCADE, related_name="requests_made")
    target = models.ForeignKey(User, models.CASCADE, related_name="requests")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "requester"], name="request_once"),
            models.CheckConstraint(condition=~Q(requester=F("target")), name="request_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.requester_id} ⇢ {self.target_id}"


class BlockQuerySet(models.QuerySet["Block"]):
    def around(self, person: User) -> QuerySet[Block, int]:
        """Ids of whom a person blocks and of who blocks them, in one subquery."""
        other = Case(When(blocker=person, then=F("blocked")), default=F("blocker"))
        both = self.filter(Q(blocker=person) | Q(blocked=person))
        return both.values_list(other, flat=True)

    def between(self, one: User, other: User) -> bool:
        """Whether one of them blocks the other."""
        ways = Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)
        return self.filter(ways).exists()


class Block(models.Model):
    """Two people see nothing of each other, because one of them wants it so."""

    blocker = models.ForeignKey(User, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ✕ {self.blocked_id}"


class Mute(models.Model):
    """One person's notes stay out of another's feeds and notifications; nobody is told."""

    muter = models.ForeignKey(User, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(User, models.CASCADE, related_name="muted_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="mute_once"),
            models.CheckConstraint(condition=~Q(muter=F("muted")), name="mute_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.muter_id} ~ {self.muted_id}"


class MutedWord(models.Model):
    """A word that keeps a note out of somebody's feeds. Stored as `words.folded` makes it."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="muted_words")
    word = models.CharField(_("word"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "word"], name="muted_word_once")]

    def __str__(self) -> str:
        return self.word


MARKS = ("following", "requested", "blocked", "muted")


def marks(viewer: Viewer, person: User) -> dict[str, bool]:
    """Return what the viewer did with a person, by the names in MARKS."""
    if not isinstance(viewer, User):
        return dict.fromkeys(MARKS, False)
    return dict(zip(MARKS, marks_query(viewer, person).get(), strict=True))


def marks_query(viewer: User, person: User) -> QuerySet[Any, Any]:
    """One row: what the viewer did with a person, in the order of MARKS."""
    return User.objects.filter(pk=person.pk).values_list(
        Exists(Follow.objects.filter(follower=viewer, followee=OuterRef("pk"))),
        Exists(FollowRequest.objects.filter(requester=viewer, target=OuterRef("pk"))),
        Exists(Block.objects.filter(blocker=viewer, blocked=OuterRef("pk"))),
        Exists(Mute.objects.filter(muter=viewer, muted=OuterRef("pk"))),
    )


SUGGESTED = 12


def suggested(viewer: User) -> QuerySet[User]:
    """People whom those one follows follow; the most often followed first."""
    mine = Follow.objects.filter(follower=viewer).values("followee")
    quiet = Mute.objects.filter(muter=viewer).values("muted")
    near = User.objects.visible(viewer).filter(is_limited=False, followers__follower__in=mine)
    new = near.exclude(pk=viewer.pk).exclude(pk__in=mine).exclude(pk__in=quiet)
    return new.annotate(shared=Count("pk")).order_by("-shared", "-follower_count", "pk")[:SUGGESTED]
