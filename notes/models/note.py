"""Notes and their topics, and the two words that say who may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Follow, Mute, User
from accounts.models import Viewer as Viewer
from moderation.models import VISIBLE_STATES, Moderated, State
from notes.models.comment import Comment
from notes.models.like import Like

TITLE_LENGTH = 100
BODY_LENGTH = 5_000
PLACE_LENGTH = 80


class Audience(models.TextChoices):
    """For whom a note is."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("Followers")
    PRIVATE = "private", _("Only me")


class NoteQuerySet(models.QuerySet["Note"]):
    def visible(self, viewer: Viewer) -> Self:
        """What this person may read, wherever it is shown."""
        shown = Q(case__state__in=VISIBLE_STATES, author__is_active=True)
        public = shown & Q(audience=Audience.PUBLIC, author__is_private=False)
        if not isinstance(viewer, User):
            return self.filter(public)
        follows = Exists(Follow.objects.filter(follower=viewer, followee=OuterRef("author")))
        for_followers = shown & ~Q(audience=Audience.PRIVATE) & Q(follows)
        theirs = (public | for_followers) & ~Q(author__in=Block.objects.around(viewer))
        if viewer.is_staff and viewer.is_moderator:
            here = Q(author__is_private=False, author__leaving_at=None)
            theirs |= Q(audience=Audience.PUBLIC) & here
        return self.filter(theirs | Q(author=viewer))

    def recommendable(self, viewer: Viewer | None = None) -> Self:
        """What may be shown to strangers who did not ask for it; to this one, if named."""
        public = self.filter(
            case__state=State.PUBLISHED,
            audience=Audience.PUBLIC,
            author__is_active=True,
            author__is_private=False,
        )
        return public.welcome_to(viewer) if isinstance(viewer, User) else public

    def welcome_to(self, reader: User) -> Self:
        """Without the notes of people the reader blocks, mutes or is blocked by."""
        quiet = Mute.objects.filter(muter=reader).values("muted")
        return self.exclude(Q(author__in=quiet) | Q(author__in=Block.objects.around(reader)))

    def followed_by(self, viewer: User) -> Self:
        """Notes of the people somebody follows and does not mute, and their own."""
        quiet = Mute.objects.filter(muter=viewer).values("muted")
        followees = Follow.objects.filter(follower=viewer).exclude(followee__in=quiet)
        return self.filter(Q(author__in=followees.values("followee")) | Q(author=viewer))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")

    def by(self, author: User) -> Self:
        return self.filter(author=author)

    def undelivered(self) -> Self:
        """Visible at last, and not yet in the timelines of followers."""
        return self.filter(delivered_at=None, case__state__in=VISIBLE_STATES)

    def restored_since(self, moment: datetime) -> Self:
        """Decided upon again after delivery: timelines made meanwhile lack them."""
        again = self.filter(case__decided_at__gt=moment, case__state__in=VISIBLE_STATES)
        return again.filter(delivered_at__lt=F("case__decided_at"))

    def with_card(self) -> Self:
        """With all that a card shows, in two queries."""
        return self.select_related("author", "case").prefetch_related("images")

    def with_page(self) -> Self:
        return self.with_card().prefetch_related("topics", "mentions")

    def marked_for(self, viewer: Viewer) -> Self:
        """With `liked`: whether this person likes it."""
        if not isinstance(viewer, User):
            return self.annotate(liked=models.Value(False))
        likes = Like.objects.filter(note=OuterRef("pk"), user=viewer)
        return self.annotate(liked=Exists(likes))

    def with_comment_count(self) -> Self:
        """With `comment_count`: the comments that everybody can read."""
        shown = Comment.objects.visible(AnonymousUser()).filter(note=OuterRef("pk"))
        counted = shown.order_by().values("note").annotate(n=Count("*")).values("n")
        return self.annotate(comment_count=Coalesce(Subquery(counted), 0))


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self) -> Self:
        """Topics that a stranger could have come across."""
        shown = Note.objects.recommendable().filter(topics=OuterRef("pk"))
        return self.filter(Exists(shown))


class Topic(models.Model):
    """A #hashtag. `name` is folded, `title` as it was first written."""

    name = models.CharField(max_length=60, unique=True)
    title = models.CharField(_("topic"), max_length=60)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/topics/{self.name}/"


class Note(Moderated):
    """A post: title, body, 1 to 18 images."""

    author = models.ForeignKey(User, models.CASCADE, related_name="notes", verbose_name=_("author"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"), max_length=BODY_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    place = models.CharField(_("place"), max_length=PLACE_LENGTH, blank=True)
    topics = models.ManyToManyField(Topic, related_name="notes")
    mentions = models.ManyToManyField(User, related_name="+")
    like_count = models.PositiveIntegerField(default=0, editable=False)
    # Part of the name of every stored fragment: raise it and they are drawn anew.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(null=True, editable=False)
    # When it first became visible; set by the feeds once they have seen that.
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    delivered_at = models.DateTimeField(null=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="note_newest"),
            models.Index(fields=["author", "-published_at", "-id"], name="note_by_author"),
            models.Index(fields=["id"], name="note_undelivered", condition=Q(delivered_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") | ~Q(body=""), name="note_has_words")
        ]

    def __str__(self) -> str:
        return self.title or self.body[:40]

    def get_absolute_url(self) -> str:
        return f"/notes/{self.pk}/"

    @property
    def heading(self) -> str:
        """The title, or the beginning of the text."""
        return self.title or self.body.split("\n", 1)[0][:TITLE_LENGTH]
