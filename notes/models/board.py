"""Boards, and the notes that people save into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Block, Follow, User, Viewer
from moderation.models import VISIBLE_STATES, Case
from notes.models.image import Image

if TYPE_CHECKING:
    from notes.models.note import Note

BOARD_LENGTH = 60
MOST_BOARDS = 200
FACE = ("id", "key", "alt", "status", "width", "height", "placeholder")


class BoardQuerySet(models.QuerySet["Board"]):
    def visible(self, viewer: Viewer) -> Self:
        """One's own boards, and of others' those that are for everybody."""
        named = Q(name="") | Q(case__state__in=VISIBLE_STATES)
        shown = named & Q(is_private=False, owner__is_active=True)
        public = shown & Q(owner__is_private=False)
        if not isinstance(viewer, User):
            return self.filter(public)
        follows = Exists(Follow.objects.filter(follower=viewer, followee=OuterRef("owner")))
        theirs = (public | shown & Q(follows)) & ~Q(owner__in=Block.objects.around(viewer))
        return self.filter(theirs | Q(owner=viewer))

    def with_face(self, seen: models.QuerySet[Note]) -> Self:
        """With `note_count` and the picture on top, of the notes that the reader may see."""
        kept = Save.objects.filter(board=OuterRef("pk"), note__in=seen)
        counted = kept.order_by().values("board").annotate(n=Count("*")).values("n")
        shown = kept.filter(note__case__warning="")
        chosen = shown.filter(note=OuterRef("cover")).values("note")[:1]
        first = shown.order_by("-rank", "-id").values("note")[:1]
        ready = Image.objects.filter(note=OuterRef("cover_shown"), status=Image.Status.READY)
        face = ready.order_by("position", "id").values(json=JSONObject(**{f: f for f in FACE}))
        return self.annotate(
            note_count=Coalesce(Subquery(counted), 0),
            cover_shown=Coalesce(Subquery(chosen), Subquery(first)),
            face=Subquery(face[:1]),
        )

    def in_order(self) -> Self:
        return self.order_by("position", "id")


class Board(models.Model):
    """Notes that somebody keeps together. The default one has no name of its own."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="boards")
    name = models.CharField(_lazy("name"), max_length=BOARD_LENGTH, blank=True)
    is_private = models.BooleanField(_lazy("only for me"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    cover = models.ForeignKey("notes.Note", models.SET_NULL, null=True, related_name="+")
    # Judges the name of a board that others see; nobody judges what is private.
    case = models.OneToOneField(Case, models.RESTRICT, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _lazy("board")
        verbose_name_plural = _lazy("boards")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="board_name_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/boards/{self.pk}/"

    @property
    def picture(self) -> Image | None:
        """The picture on top, where `with_face` found one."""
        face = self.__dict__.get("face")
        return Image(**face) if face else None

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it, as `visible` says of a stranger."""
        named = self.is_default or bool(self.case and self.case.state in VISIBLE_STATES)
        return named and not self.is_private and not self.owner.is_private

    @property
    def is_default(self) -> bool:
        return not self.name

    @property
    def title(self) -> str:
        return self.name or _("Saved")


class SaveQuerySet(models.QuerySet["Save"]):
    def in_order(self) -> Self:
        """As the owner of the board put them; what was not moved, the last saved first."""
        return self.order_by("-rank", "-id")

    def next_rank(self, board: Board) -> int:
        """The rank of what comes first in a board."""
        return (self.filter(board=board).aggregate(top=Max("rank"))["top"] or 0) + 1


class Save(models.Model):
    """A note in one of somebody's boards: in one at a time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saves")
    note = models.ForeignKey("notes.Note", models.CASCADE, related_name="saves")
    board = models.ForeignKey(Board, models.CASCADE, related_name="saves")
    # The higher, the further to the front of its board.
    rank = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SaveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="save_once")]
        indexes = [models.Index(fields=["board", "-rank", "-id"], name="save_by_rank")]

    def __str__(self) -> str:
        return f"{self.user_id} keeps {self.note_id}"
