"""Saving notes into boards, and keeping the boards."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.words import checked, refused
from moderation.actions import close_case, open_case
from notes.actions.holding import hold
from notes.models import BOARD_LENGTH, MOST_BOARDS, Board, Note, Save
from notes.telling import tell_of_save


@transaction.atomic
def save_note(user: User, note: Note, board: Board | None = None) -> None:
    """Keep a note in a board of one's own, the default one unless named, or move it there."""
    if board and board.owner_id != user.pk:
        raise PermissionDenied
    hold(note)
    if board is None and Save.objects.filter(user=user, note=note).exists():
        return
    into = board or default_board(user)
    place = {"board": into, "rank": Save.objects.next_rank(into)}
    created = Save.objects.get_or_create(user=user, note=note, defaults=place)[1]
    if created:
        Note.objects.filter(pk=note.pk).update(save_count=F("save_count") + 1)
        tell_of_save(note, user)
    else:
        Save.objects.filter(user=user, note=note).exclude(board=into).update(**place)
    _forget_cover(user, note, into)


@transaction.atomic
def unsave_note(user: User, note: Note) -> None:
    """Keep a note no longer; doing it twice is doing it once."""
    if Save.objects.filter(user=user, note=note).delete()[0]:
        Note.objects.filter(pk=note.pk).update(save_count=Greatest(F("save_count") - 1, 0))
        _forget_cover(user, note)


def _forget_cover(user: User, note: Note, still_in: Board | None = None) -> None:
    boards = Board.objects.filter(owner=user, cover=note)
    (boards.exclude(pk=still_in.pk) if still_in else boards).update(cover=None)


def own_board(owner: User, pk: int) -> Board:
    """Return a board of somebody's. Raises ValidationError for any other."""
    board = owner.boards.filter(pk=pk).first()
    if board is None:
        raise refused("board", _("You have no such board."), "does_not_exist")
    return board


def default_board(owner: User) -> Board:
    """The board that takes what is saved without naming one; private, made when first needed."""
    return Board.objects.get_or_create(owner=owner, name="")[0]


@transaction.atomic
def create_board(owner: User, name: str, is_private: bool = False) -> Board:
    """Begin a board; the name of a public one is judged before others see it."""
    # The boards of one person are counted one after the other.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    last = owner.boards.aggregate(last=Max("position"))["last"]
    if owner.boards.count() >= MOST_BOARDS:
        message = _("You have %(most)s boards, which is as many as there can be.")
        raise refused("name", message, "limit", most=MOST_BOARDS)
    board = Board(owner=owner, position=0 if last is None else last + 1)
    return _write(board, {"name": name, "is_private": is_private})


@transaction.atomic
def change_board(board: Board, by: User, **fields: Any) -> Board:
    """Change name, privacy or cover (a note in the board). Raises ValidationError."""
    if board.owner_id != by.pk:
        raise PermissionDenied
    board = Board.objects.select_for_update(of=("self",)).select_related("owner").get(pk=board.pk)
    return _write(board, fields)


def _write(board: Board, fields: dict[str, Any]) -> Board:
    if "name" in fields:
        _name(board, fields["name"])
    if "cover" in fields:
        board.cover = _checked_cover(board, fields["cover"])
    board.is_private = fields.get("is_private", board.is_private)
    _judge_name(board)
    try:
        with transaction.atomic():
            board.save()
    except IntegrityError:
        raise refused("name", _("You have a board of this name."), "unique") from None
    return board


def _name(board: Board, name: str) -> None:
    name = checked("name", name, BOARD_LENGTH)
    if not name and not (board.pk and board.is_default):
        raise refused("name", _("Give the board a name."), "required")
    if name and board.pk and board.is_default:
        raise refused("name", _("This board has no name of its own."), "default")
    if name != board.name and board.case_id:
        close_case(board.case_id)
        board.case = None
    board.name = name


def _judge_name(board: Board) -> None:
    if board.name and not board.is_private and board.case is None:
        board.case = open_case("board", board.owner, board.name, url=f"/@{board.owner}/boards/")


def _checked_cover(board: Board, pk: int | None) -> Note | None:
    if pk is None:
        return None
    kept = Note.objects.visible(board.owner).filter(saves__board=board, pk=pk).first()
    if kept is None:
        raise refused("cover", _("This note is not in the board."), "invalid")
    return kept


@transaction.atomic
def order_boards(owner: User, ids: list[int]) -> None:
    """Put these boards first, in this order; the others follow as they were."""
    boards = list(owner.boards.select_for_update().order_by("position", "id"))
    rank = {pk: place for place, pk in enumerate(ids)}
    boards.sort(key=lambda board: rank.get(board.pk, len(ids)))
    for place, board in enumerate(boards):
        board.position = place
    Board.objects.bulk_update(boards, ["position"])


@transaction.atomic
def order_notes(board: Board, by: User, notes: list[int]) -> None:
    """Put these notes first in a board, in this order; the others follow as they were."""
    if board.owner_id != by.pk:
        raise PermissionDenied
    Board.objects.select_for_update().get(pk=board.pk)
    saves = list(board.saves.in_order().only("note_id", "rank"))
    wanted = {pk: place for place, pk in enumerate(notes)}
    saves.sort(key=lambda save: wanted.get(save.note_id, len(notes)))
    moved = []
    for rank, save in enumerate(reversed(saves), start=1):
        if save.rank != rank:
            save.rank = rank
            moved.append(save)
    Save.objects.bulk_update(moved, ["rank"], batch_size=500)


@transaction.atomic
def delete_board(board: Board, by: User) -> None:
    """Delete a board; what is in it is saved no longer. The default one cannot be deleted."""
    if board.owner_id != by.pk:
        raise PermissionDenied
    if board.is_default:
        raise ValidationError(_("This board stays: it takes what you save."), code="default")
    notes = list(board.saves.order_by("note").values_list("note", flat=True))
    Note.objects.filter(pk__in=notes).update(save_count=Greatest(F("save_count") - 1, 0))
    if board.case_id:
        close_case(board.case_id)
    board.delete()
