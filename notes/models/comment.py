"""Words under notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, User
from moderation.models import VISIBLE_STATES, Moderated

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

    def counted(self, notes: Iterable[int]) -> dict[int, int]:
        """How many comments everybody can read, by the id of the note."""
        shown = self.visible(AnonymousUser()).filter(note__in=notes)
        return dict(shown.order_by().values_list("note").annotate(n=Count("*")))


class Comment(Moderated):
    """Words under a note."""

    note = models.ForeignKey("notes.Note", models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        User, models.CASCADE, related_name="comments", verbose_name=_("author")
    )
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    body = models.TextField(_("text"), max_length=COMMENT_LENGTH)
    language = models.CharField(_("language"), max_length=8, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["note", "id"], name="comment_by_note")]

    def __str__(self) -> str:
        return self.body[:40]
