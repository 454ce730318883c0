"""The API of the feeds: Following and Explore."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

import orjson
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.models import Language, User
from accounts.prepared import Prepared, marker
from feeds.cursors import BadCursorError
from feeds.fragments import Row, fragments
from feeds.pages import Page, explore_page, following_page, home_page
from feeds.ranking import Scope
from notes.models import Comment, Note, Viewer
from notes.parsing import fold_topic
from notes.reach import Reach, reach_of
from notes.serializers import NoteSerializer, changing, json_of, put_in

FEED = inline_serializer(
    "Feed",
    {
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "results": NoteSerializer(many=True),
    },
)
PAGING = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` of the page before."),
    OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 50; 20 when not given."),
]


def draw(notes: Iterable[Note]) -> dict[int, bytes]:
    """JSON of what is the same for every reader."""
    return {note.pk: json_of(note) for note in notes}


def results_of(
    rows: Sequence[Row], viewer: Viewer, said: Mapping[int, dict[str, bool]] | None = None
) -> list[orjson.Fragment]:
    """Stored JSON with what changes, and what a list says of its own, before its last brace."""
    comments = dict(_comments().rows([row.pk for row in rows]))
    return [
        put_in(
            stored,
            changing(row, comments.get(row.pk, 0), own_reach(row, viewer))
            | (said or {}).get(row.pk, {}),
        )
        for row, stored in zip(rows, fragments("json", rows, draw), strict=True)
        if stored
    ]


@cache
def _comments() -> Prepared:
    """How many comments everybody can read, by the id of the note."""
    shown = Comment.objects.visible(AnonymousUser()).filter(note__pk__among=[marker(0)])
    return Prepared(shown.counted)


def own_reach(row: Row, viewer: Viewer) -> Reach | None:
    """Where others meet a note, told to its author alone."""
    if not isinstance(viewer, User) or row.author_id != viewer.pk:
        return None
    return reach_of(row.audience, row.state, viewer.is_private, viewer.is_limited)


def answer(request: Request, page: Page) -> Response:
    results = results_of(page.rows, request.user)
    return listed(request, results, page.next_cursor)


def listed(request: Request, results: object, next_cursor: str) -> Response:
    """A page of a list, with the address of the next one."""
    following = None
    if next_cursor:
        query = request.query_params.dict() | {"cursor": next_cursor}
        following = f"{request.build_absolute_uri(request.path)}?{urlencode(query)}"
    return Response({"next": following, "previous": None, "results": results})


def limit_of(request: Request) -> int:
    paginator: Any = api_settings.DEFAULT_PAGINATION_CLASS
    return int(paginator().get_page_size(request))


class FeedView(APIView):
    """A page of a feed; a cursor of another feed is refused."""

    def page(self, request: Request, cursor: str, limit: int) -> Page:
        raise NotImplementedError

    @extend_schema(parameters=PAGING, responses=FEED)
    def get(self, request: Request) -> Response:
        cursor, limit = request.query_params.get("cursor", ""), limit_of(request)
        try:
            return answer(request, self.page(request, cursor, limit))
        except BadCursorError:
            message = _("This cursor is not valid.")
            raise serializers.ValidationError({"cursor": message}, "invalid") from None


class HomeView(FeedView):
    """Home: ranked for the reader; each note says why under `notes/{id}/why/`."""

    needs_person = True

    def page(self, request: Request, cursor: str, limit: int) -> Page:
        return home_page(person(request), cursor, limit)


class FollowingView(FeedView):
    """Following: everything of the people one follows, newest first, never ranked."""

    needs_person = True

    def page(self, request: Request, cursor: str, limit: int) -> Page:
        return following_page(person(request), cursor, limit)


@extend_schema(
    parameters=[
        OpenApiParameter("language", OpenApiTypes.STR, enum=Language.values),
        OpenApiParameter("topic", OpenApiTypes.STR),
    ]
)
class ExploreView(FeedView):
    """Explore: what may be recommended to everybody."""

    def page(self, request: Request, cursor: str, limit: int) -> Page:
        language = request.query_params.get("language", "")
        if language and language not in Language.values:
            message = _("Use zh or en.")
            raise serializers.ValidationError({"language": message}, "invalid_choice")
        topic = fold_topic(request.query_params.get("topic", "")).replace("\0", "")
        return explore_page(request.user, Scope(language, topic), cursor, limit)
