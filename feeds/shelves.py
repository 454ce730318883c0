"""Pages of what people keep: their boards, a board, what they like."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
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
    """The notes in a board, the last saved first."""
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
    before = whole_number(request.GET.get("before", ""))
    kept = kept.filter(note__in=Note.objects.visible(request.user))
    later = kept if before is None else kept.filter(pk__lt=before)
    page = list(later.order_by("-pk").values_list("pk", "note")[: PAGE + 1])
    rows = visible_rows([note for _, note in page[:PAGE]], request.user)
    context["cards"] = cards_of(rows, request.user.is_authenticated)
    more = len(page) > PAGE
    context["next_url"] = f"{request.path}?before={page[PAGE - 1][0]}" if more else ""
    return page_or_part(request, template, "feeds/_waterfall.html", context)
