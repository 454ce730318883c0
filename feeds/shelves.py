"""Pages of what people keep: their boards, a board, what they like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User, marks
from accounts.requests import page_or_part
from accounts.words import whole_number
from feeds.cards import cards_of
from feeds.fragments import visible_rows
from feeds.pages import PAGE
from moderation.models import VISIBLE_STATES
from notes.models import Board, Like, Note, Save


@require_safe
def boards(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody's boards, as far as this reader may see them."""
    person = get_object_or_404(User.objects.visible(request.user), username=username)
    seen = Note.objects.visible(request.user)
    theirs = Board.objects.visible(request.user).filter(owner=person)
    context = _of(request, person, "boards") | {"boards": theirs.with_face(seen).in_order()}
    return render(request, "feeds/boards.html", context)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes in a board, in the order of its owner."""
    found = get_object_or_404(
        Board.objects.visible(request.user).select_related("owner", "case"), pk=pk
    )
    return _shelf(request, "feeds/board.html", found.saves.all(), {"board": found})


@require_safe
def likes(request: HttpRequest, username: str) -> HttpResponse:
    """What somebody likes: their own affair unless they show it."""
    person = get_object_or_404(User.objects.visible(request.user), username=username)
    own = request.user == person
    open_to = person.shows_likes and (
        not person.is_private or marks(request.user, person)["following"]
    )
    if not (own or open_to):
        raise Http404
    liked = Like.objects.filter(user=person)
    return _shelf(request, "feeds/likes.html", liked, _of(request, person, "likes"))


def _of(request: HttpRequest, person: User, tab: str) -> dict[str, Any]:
    """What the head of a profile shows."""
    shown = Note.objects.visible(request.user).by(person)
    context = {"person": person, "tab": tab, "marks": marks(request.user, person)}
    return context | {"note_count": shown.filter(case__state__in=VISIBLE_STATES).count()}


def _shelf(
    request: HttpRequest,
    template: str,
    kept: QuerySet[Save] | QuerySet[Like],
    context: dict[str, Any],
) -> HttpResponse:
    kept = kept.filter(note__in=Note.objects.visible(request.user))
    keys = ("rank", "pk") if kept.model is Save else ("pk",)
    mark = [whole_number(number) for number in request.GET.get("before", "").split(".")]
    if len(mark) == len(keys) and None not in mark:
        kept = kept.filter(_beyond(keys, mark))
    ordered = kept.order_by(*(f"-{key}" for key in keys)).values_list("note", *keys)
    page = list(ordered[: PAGE + 1])
    rows = visible_rows([note for note, *_ in page[:PAGE]], request.user)
    context["cards"] = cards_of(rows, request.user.is_authenticated)
    more = len(page) > PAGE
    last = ".".join(str(number) for number in page[PAGE - 1][1:]) if more else ""
    context["next_url"] = f"{request.path}?before={last}" if more else ""
    return page_or_part(request, template, "feeds/_waterfall.html", context)


def _beyond(keys: Sequence[str], mark: Sequence[int | None]) -> Q:
    """What comes after a row with these values, the largest of all keys first."""
    key, value = keys[0], mark[0]
    smaller = Q(**{f"{key}__lt": value})
    return smaller | Q(**{key: value}) & _beyond(keys[1:], mark[1:]) if keys[1:] else smaller
