"""Notes and their topics, and the two words that say who may see them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Follow, Mute, User
from accounts.models import Viewer as Viewer
from moderation.models import VISIBLE_STATES, Case, Moderated, State
from notes.models.board import Save
from notes.models.comment import Comment
from notes.models.like import Like
from notes.models.topic_marks import unwanted_by
from notes.reach import Reach, reach_of

TITLE_LENGTH = 100
BODY_LENGTH = 5_000
PLACE_LENGTH = 80


class Audience(models.TextChoices):
    """For whom a note is."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("Followers")
    PRIVATE = "private", _("Only me")


class Commenters(models.TextChoices):
    """Who may comment on a note, beside its author."""

    EVERYONE = "everyone", _("Everyone who can read it")
    FOLLOWERS = "followers", _("Followers")
    NOBODY = "nobody", _("Nobody")


class DraftState(models.TextChoices):
    """Where a note stands that nobody judges yet."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")


NOTE_STATES = [*DraftState.choices, *State.choices]


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
            author__is_limited=False,
        )
        return public.welcome_to(viewer) if isinstance(viewer, User) else public

    def welcome_to(self, reader: User) -> Self:
        """Without what the reader wants none of: people blocked or muted, topics, words."""
        return self.exclude(unwanted_by(reader))

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

    def for_api(self, viewer: Viewer) -> Self:
        """With all that the shape of a note needs for this reader."""
        return self.marked_for(viewer).with_comment_count().with_page()

    def with_page(self) -> Self:
        return self.with_card().prefetch_related("topics", "mentions")

    def marked_for(self, viewer: Viewer) -> Self:
        """With `liked` and `saved`: what this person did with it."""
        if not isinstance(viewer, User):
            return self.annotate(liked=models.Value(False), saved=models.Value(False))
        theirs = {"note": OuterRef("pk"), "user": viewer}
        return self.annotate(
            liked=Exists(Like.objects.filter(**theirs)), saved=Exists(Save.objects.filter(**theirs))
        )

    def with_comment_count(self) -> Self:
        """With `comment_count`: the comments that everybody can read."""
        shown = Comment.objects.visible(AnonymousUser()).filter(note=OuterRef("pk"))
        counted = shown.order_by().values("note").annotate(n=Count("*")).values("n")
        return self.annotate(comment_count=Coalesce(Subquery(counted), 0))


_NoteManager = models.Manager.from_queryset(NoteQuerySet)


class SentNotes(_NoteManager["Note"]):
    """Notes that were sent: what lists notes never meets a draft."""

    def get_queryset(self) -> NoteQuerySet:
        return NoteQuerySet(self.model, using=self._db).filter(case__isnull=False)


class DraftQuerySet(models.QuerySet["Note"]):
    def by(self, author: User) -> Self:
        return self.filter(author=author)

    def with_page(self) -> Self:
        return self.select_related("author").prefetch_related("images", "topics", "mentions")

    def due(self) -> Self:
        """Scheduled for a moment that has come; earliest first."""
        scheduled = self.filter(publish_at__lte=Now(), author__is_active=True)
        return scheduled.order_by("publish_at")


_DraftManager = models.Manager.from_queryset(DraftQuerySet)


class Drafts(_DraftManager["Note"]):
    """Notes that are being written or wait for their time: nobody's but their author's."""

    def get_queryset(self) -> DraftQuerySet:
        return DraftQuerySet(self.model, using=self._db).filter(case__isnull=True)


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self, viewer: Viewer | None = None) -> Self:
        """Topics that a stranger could have come across; this one, if named."""
        shown = Note.objects.recommendable(viewer).filter(topics=OuterRef("pk"))
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
    """A post: title, body, 1 to 18 images; before it is sent a draft, of which all may be empty."""

    # Empty in drafts alone, which `objects` never returns.
    case: models.OneToOneField[Case, Case] = models.OneToOneField(  # type: ignore[misc]
        Case, models.RESTRICT, null=True, related_name="+", editable=False
    )
    author = models.ForeignKey(User, models.CASCADE, related_name="notes", verbose_name=_("author"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"), max_length=BODY_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    # The same told again by the author in another language.
    second_title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    second_body = models.TextField(max_length=BODY_LENGTH, blank=True)
    second_language = models.CharField(max_length=8, blank=True)
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    commenters = models.CharField(
        _("who may comment"), max_length=10, choices=Commenters.choices, default=Commenters.EVERYONE
    )
    place = models.CharField(_("place"), max_length=PLACE_LENGTH, blank=True)
    # Topics given apart from the text, as they were given.
    named_topics = ArrayField(models.CharField(max_length=61), default=list, blank=True)
    topics = models.ManyToManyField(Topic, related_name="notes")
    mentions = models.ManyToManyField(User, related_name="+")
    pinned = models.ForeignKey(
        Comment, models.SET_NULL, null=True, related_name="+", editable=False
    )
    like_count = models.PositiveIntegerField(_("likes"), default=0, editable=False)
    save_count = models.PositiveIntegerField(default=0, editable=False)
    # Part of the name of every stored fragment: raise it and they are drawn anew.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Rises with every change of the author's: who edits must have read the last one.
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    saved_at = models.DateTimeField(null=True, editable=False)
    # When a draft shall be sent.
    publish_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    # When it first became visible; set by the feeds once they have seen that.
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    delivered_at = models.DateTimeField(null=True, editable=False)

    # Where the words stand that others read, while the author is shown newer ones.
    shown_state: str | None = None

    objects: ClassVar[SentNotes] = SentNotes()
    drafts: ClassVar[Drafts] = Drafts()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="note_newest"),
            models.Index(fields=["author", "-published_at", "-id"], name="note_by_author"),
            models.Index(fields=["id"], name="note_undelivered", condition=Q(delivered_at=None)),
            models.Index(fields=["author", "-id"], name="note_draft", condition=Q(case=None)),
            models.Index(fields=["publish_at"], name="note_due", condition=Q(case=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(case=None) | ~Q(title="") | ~Q(body=""), name="note_has_words"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.body[:40]

    def get_absolute_url(self) -> str:
        return f"/notes/{self.pk}/"

    @property
    def is_draft(self) -> bool:
        """Written and not yet sent, whether or not it has a time."""
        return self.case_id is None

    @property
    def state(self) -> str:
        if self.is_draft:
            return DraftState.SCHEDULED if self.publish_at else DraftState.DRAFT
        return self.case.state

    def takes_comments_of(self, person: User) -> bool:
        """Whether somebody who reads it may comment; its author always may."""
        return person.pk == self.author_id or takes_comments(
            self, follows=person.follows(self.author)
        )

    @property
    def heading(self) -> str:
        """The title, or the beginning of the text."""
        return self.title or self.body.split("\n", 1)[0][:TITLE_LENGTH]

    @property
    def reach(self) -> Reach:
        state = self.shown_state or self.state
        author = self.author
        return reach_of(self.audience, state, author.is_private, author.is_limited)


def takes_comments(note: Note, *, follows: bool) -> bool:
    """Whether a reader other than the author may comment."""
    asked = (Commenters.EVERYONE, Commenters.FOLLOWERS) if follows else (Commenters.EVERYONE,)
    return note.commenters in asked
