"""The page of a note: drawn once a minute for all who would read the same.

What a page shows is told from three queries that are compiled once: which note this reader may
see, with which comments, and what they did with all that. Whoever may see something else has
another key, so that a drawn page is never a permission.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from functools import cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import User, marks_query
from accounts.prepared import Prepared, marker
from accounts.requests import is_partial
from notes.models import Comment, Note, Viewer

# A longer talk is read anew each time: not all of it can be compared.
MOST_COMMENTS = 200
# How old "3 minutes ago" may be.
KEPT_FOR = 60
# Stand for the reader's own in what is drawn for many; nobody can write them into a note.
TOKEN, OWN_HANDLE = (secrets.token_hex(32) for _ in range(2))

NOTE = (
    "pk", "version", F("author__version"), F("case__version"), "pinned_id", "revision",
    "like_count", "save_count", "liked", "saved", "author_id", "comment_count",
)  # fmt: skip
COMMENT = (
    "pk", F("author__version"), F("case__version"), F("edit_case__version"), "like_count", "liked",
    "author_id",
)  # fmt: skip


class Standing(NamedTuple):
    """A note that this reader may see: its versions, and what is theirs about it."""

    pk: int
    version: int
    author_version: int
    case_version: int
    pinned_id: int | None
    revision: int
    like_count: int
    save_count: int
    liked: bool
    saved: bool
    author_id: int
    comment_count: int


class Drawn(NamedTuple):
    """The whole page, and the note alone for htmx."""

    page: str
    article: str


@cache
def _prepared(what: str, anonymous: bool) -> Prepared:
    viewer = AnonymousUser() if anonymous else User(pk=marker(1))

    def note() -> QuerySet[Any, Any]:
        seen = Note.objects.visible(viewer).filter(pk=marker(0)).marked_for(viewer)
        return seen.with_comment_count().values_list(*NOTE)

    def talk() -> QuerySet[Any, Any]:
        shown = Comment.objects.visible(viewer).filter(note=marker(0)).marked_for(viewer)
        return shown.order_by("-pk").values_list(*COMMENT)[: MOST_COMMENTS + 1]

    def marks() -> QuerySet[Any, Any]:
        return marks_query(User(pk=marker(1)), User(pk=marker(0)))

    return Prepared({"note": note, "talk": talk, "marks": marks}[what])


def standing_of(pk: int, viewer: Viewer) -> Standing | None:
    """The note as it stands for this reader, who is no moderator; None if they may not see it."""
    rows = _prepared("note", viewer.pk is None).rows(pk, viewer.pk)
    return Standing(*rows[0]) if rows else None


def key_of(request: HttpRequest, pk: int) -> str:
    """Names all that this reader would see; "" for a page that is theirs alone. Raises Http404."""
    viewer, anonymous = request.user, not request.user.is_authenticated
    if request.user.is_staff or request.GET.keys() & {"reply", "before"}:
        return ""
    if not is_partial(request) and len(get_messages(request)):
        return ""
    note = standing_of(pk, viewer)
    if note is None:
        raise Http404
    if note.author_id == viewer.pk or note.comment_count > MOST_COMMENTS:
        return ""
    talk = _prepared("talk", anonymous).rows(pk, viewer.pk)
    if len(talk) > MOST_COMMENTS:
        return ""
    said = [(*row[:-1], row[-1] == viewer.pk) for row in talk]
    between = [] if anonymous else _prepared("marks", False).rows(note.author_id, viewer.pk)
    minute = int(time.time()) // KEPT_FOR
    place = (request.scheme, request.get_host(), get_language())
    state = (tuple(note), said, between, anonymous, place, minute)
    return hashlib.blake2b(repr(state).encode()).hexdigest()


def kept(key: str) -> Drawn | None:
    """The page that was drawn for somebody who would see the same."""
    return caches["drawn"].get(key) if key else None


def keep(key: str, drawn: Drawn) -> Drawn:
    if key:
        caches["drawn"].set(key, drawn, KEPT_FOR)
    return drawn


def draw(request: HttpRequest, context: dict[str, Any]) -> Drawn:
    """Draw both, with marks where the reader's own belongs."""
    marks = {"csrf_token": TOKEN, "handle": OWN_HANDLE}
    note = context["note"]
    head = render_to_string("notes/_note_head.html", context | marks, request)
    article = render_to_string("notes/_note.html", context | marks, request)
    title = f"{note.heading} · {note.author.name}"
    parts = {"title": title, "head": _safe(head), "article": _safe(article)}
    return Drawn(render_to_string("notes/note.html", parts | marks, request), article)


def answer(request: HttpRequest, drawn: Drawn) -> HttpResponse:
    """The whole page, or for htmx the note alone."""
    html = drawn.article if is_partial(request) else drawn.page
    if TOKEN in html:
        html = html.replace(TOKEN, get_token(request))
    if isinstance(request.user, User):
        html = html.replace(OWN_HANDLE, request.user.username)
    response = HttpResponse(html)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - made by our own templates
