"""Words under notes."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, User
from moderation.models import VISIBLE_STATES, Case, Moderated

COMMENT_LENGTH = 1_000


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self, viewer: User | AnonymousUser) -> Self:
        """Comments this person may read under a note they may read."""
        shown = Q(case__state__in=VISIBLE_STATES, author__is_active=True)
        if not isinstance(viewer, User):
            return self.filter(shown)
        if viewer.is_staff and viewer.is_moderator:
            return self.filter(author__leaving_at=None)
        theirs = shown & ~Q(author__in=Block.objects.around(viewer))
        return self.filter(theirs | Q(author=viewer))

    def with_reply_count(self) -> Self:
        """With `reply_count`: the replies that everybody can read."""
        shown = Comment.objects.visible(AnonymousUser()).filter(parent=OuterRef("pk"))
        counted = shown.order_by().values("parent").annotate(n=Count("*")).values("n")
        return self.annotate(reply_count=Coalesce(Subquery(counted), 0))

    def with_pin(self) -> Self:
        """With `pinned`: whether it stands on top of the others."""
        on_top = models.When(note__pinned=F("pk"), then=models.Value(True))
        return self.annotate(pinned=models.Case(on_top, default=models.Value(False)))

    def marked_for(self, viewer: User | AnonymousUser) -> Self:
        """With `liked`: whether this person likes it."""
        if not isinstance(viewer, User):
            return self.annotate(liked=models.Value(False))
        likes = CommentLike.objects.filter(comment=OuterRef("pk"), user=viewer)
        return self.annotate(liked=Exists(likes))

    def shaped_for(self, viewer: User | AnonymousUser) -> Self:
        """With all that the shape of a comment needs for this reader."""
        comments = self.marked_for(viewer).with_pin().with_reply_count()
        return comments.select_related("author", "case", "edit_case", "note")

    def accepted(self) -> Self:
        """With new words that moderation lets others read."""
        return self.filter(edit_case__state__in=VISIBLE_STATES)

    def counted(self) -> models.QuerySet[Comment, tuple[int, int]]:
        """The ids of their notes, each with how many there are under it."""
        return self.order_by().values_list("note").annotate(n=Count("*"))


class Comment(Moderated):
    """Words under a note."""

    note = models.ForeignKey(
        "notes.Note", models.CASCADE, related_name="comments", verbose_name=_("note")
    )
    author = models.ForeignKey(
        User, models.CASCADE, related_name="comments", verbose_name=_("author")
    )
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    # The comment at the top, however deep this one is: what is read together.
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="thread")
    body = models.TextField(_("text"), max_length=COMMENT_LENGTH)
    language = models.CharField(_("language"), max_length=8, blank=True)
    like_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(null=True, editable=False)
    # New words that are being judged; until then the old ones stay.
    edit_body = models.TextField(max_length=COMMENT_LENGTH, blank=True, editable=False)
    edit_case = models.OneToOneField(
        Case, models.RESTRICT, null=True, related_name="+", editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["note", "id"], name="comment_by_note"),
            models.Index(fields=["root", "id"], name="comment_by_root"),
            models.Index(
                fields=["id"], name="comment_edited", condition=Q(edit_case__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.body[:40]


class CommentLike(models.Model):
    """Somebody likes a comment."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="comment_like_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} ♥ comment {self.comment_id}"
