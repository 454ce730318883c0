"""Pages of saving notes, and of keeping boards."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import attempt
from accounts.requests import PersonRequest, is_partial, signed_in
from accounts.words import whole_number
from notes import actions
from notes.forms import BoardForm
from notes.models import Board, Note, Save
from notes.publishing import arranged
from notes.seeing import seen_note

# As many as one call of the API puts in order.
MOST_ARRANGED = 200


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: PersonRequest, pk: int) -> HttpResponse:
    """Save a note, or no longer; without a board named, into the default one."""
    note = seen_note(request.user, pk)
    if request.method != "POST":
        return _choose(request, note)
    if request.POST.get("undo"):
        actions.unsave_note(request.user, note)
    else:
        chosen = whole_number(request.POST.get("board", ""))
        board = get_object_or_404(request.user.boards, pk=chosen) if chosen else None
        actions.save_note(request.user, note, board)
    if not is_partial(request):
        return redirect(note)
    saved = not request.POST.get("undo")
    context = {"note_id": pk, "saved": saved, "signed_in": True}
    return render(request, "notes/_save.html", context)


def _choose(request: PersonRequest, note: Note, form: BoardForm | None = None) -> HttpResponse:
    saved = Save.objects.filter(user=request.user, note=note).first()
    actions.default_board(request.user)
    context = {
        "note": note,
        "boards": request.user.boards.in_order(),
        "kept_in": saved and saved.board_id,
        "form": form or BoardForm(),
    }
    return render(request, "notes/save.html", context)


@signed_in
@require_POST
def save_in_new_board(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a board and save a note into it."""
    note = seen_note(request.user, pk)
    form = BoardForm(request.POST)
    if form.is_valid():
        begin = partial(actions.create_board, request.user, **form.cleaned_data)
        if board := attempt(form, begin):
            actions.save_note(request.user, note, board)
            return redirect(board)
    return _choose(request, note, form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_board(request: PersonRequest) -> HttpResponse:
    """Begin a board."""
    form = BoardForm(request.POST or None)
    if form.is_bound and form.is_valid():
        begin = partial(actions.create_board, request.user, **form.cleaned_data)
        if board := attempt(form, begin):
            return redirect(board)
    return render(request, "notes/board_edit.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_board(request: PersonRequest, pk: int) -> HttpResponse:
    """Change name, privacy and cover of a board."""
    board = get_object_or_404(request.user.boards, pk=pk)
    form = BoardForm(initial={"name": board.name, "is_private": board.is_private})
    if request.method == "POST":
        form = BoardForm(request.POST)
        changed = attempt(form, _changing(request, board, form)) if form.is_valid() else None
        if changed:
            return redirect(changed)
    context = {"form": form, "board": board, "notes": _first(board)[:50]}
    return render(request, "notes/board_edit.html", context)


def _changing(request: PersonRequest, board: Board, form: BoardForm) -> partial[Board]:
    fields = dict(form.cleaned_data)
    if board.is_default:
        del fields["name"]
    if "cover" in request.POST:
        fields["cover"] = whole_number(request.POST["cover"])
    return partial(actions.change_board, board, request.user, **fields)


@signed_in
@require_POST
def order_boards(request: PersonRequest) -> HttpResponse:
    """Move one board to the front or back by a place."""
    ids = list(request.user.boards.in_order().values_list("pk", flat=True))
    named, _, move = request.POST.get("move", "").partition(":")
    pk = whole_number(named)
    if pk not in ids:
        raise PermissionDenied
    at = ids.index(pk)
    ids.insert(max(at - 1, 0) if move == "left" else at + 1, ids.pop(at))
    actions.order_boards(request.user, ids)
    return redirect("person-boards", request.user.username)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def order_notes(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the notes of a board in another order, all at once or one by a place."""
    board = get_object_or_404(request.user.boards, pk=pk)
    if request.method == "POST":
        ids = [each for each in map(whole_number, request.POST.getlist("note")) if each]
        named, _, move = request.POST.get("arrange", "").partition(":")
        moved = whole_number(named)
        ids = arranged(ids, moved, move) if moved else ids
        actions.order_notes(board, request.user, ids)
        return redirect(f"{request.path}#note-{moved}" if moved else board)
    return render(request, "notes/board_order.html", {"board": board, "notes": _first(board)})


def _first(board: Board) -> QuerySet[Note]:
    """The notes in front of a board that its owner may see."""
    seen = Note.objects.visible(board.owner).filter(saves__board=board).with_card()
    return seen.order_by("-saves__rank", "-saves__id")[:MOST_ARRANGED]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def board_deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete a board."""
    board = get_object_or_404(request.user.boards, pk=pk)
    if board.is_default:
        raise PermissionDenied
    if request.method == "POST":
        actions.delete_board(board, request.user)
        return redirect("person-boards", request.user.username)
    return render(request, "notes/board_deletion.html", {"board": board})
