"""The API of notes: posting, drafts, editing, history, likes and saves."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.etags import StaleError, asked_version, with_etag
from notes import actions
from notes.api.finding import find_note, find_own_note, shown_note
from notes.models import Note, Version
from notes.reading import KEPT_FOR, standing_of
from notes.seeing import LARGEST_ID
from notes.serializers import (
    ChangedNoteSerializer,
    NewNoteSerializer,
    NoteSerializer,
    SaveSerializer,
    VersionSerializer,
    changing,
    json_of,
    put_in,
)

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag that was read: a note changed since is a 412.",
)


def shape(request: Request, pk: int, code: int = 200) -> Response:
    """A note as this reader sees it, under the ETag of its revision."""
    note = shown_note(request, pk)
    data = NoteSerializer(note, context={"request": request}).data
    return with_etag(Response(data, status=code), note.revision)


def told(request: Request, pk: int) -> Response | None:
    """A note as most readers see it, told from what was told before; None for all others."""
    viewer = request.user
    note = None if viewer.is_staff else standing_of(min(pk, LARGEST_ID), viewer)
    if note is None or note.author_id == viewer.pk:
        return None
    key = "note:{}:{}:{}:{}".format(*note[:4])
    stored = caches["drawn"].get(key)
    if stored is None:
        fresh = Note.objects.with_page().filter(pk=pk).first()
        if fresh is None:  # deleted meanwhile
            return None
        stored = json_of(fresh)
        caches["drawn"].set(key, stored, KEPT_FOR)
    changes = changing(note, note.comment_count, reach=None)
    return with_etag(Response(put_in(stored, changes)), note.revision)


class NotesView(APIView):
    """Post a note, keep a draft, or choose a time for it."""

    @extend_schema(request=NewNoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request) -> Response:
        author = person(request)
        serializer = NewNoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        fields = serializer.validated_data
        waits = fields.pop("draft", False) or fields.get("publish_at")
        if not waits:
            fields.pop("publish_at", None)
        note = (actions.save_draft if waits else actions.submit_note)(author, **fields)
        return shape(request, note.pk, status.HTTP_201_CREATED)


class NoteView(APIView):
    """One note."""

    @extend_schema(responses=NoteSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return told(request, pk) or shape(request, pk)

    @extend_schema(
        request=ChangedNoteSerializer,
        responses={200: NoteSerializer, 412: OpenApiResponse(description="Changed since.")},
        parameters=[IF_MATCH],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change one's note; `draft: false` publishes a draft."""
        note = find_own_note(request, pk)
        revision = asked_version(request, note.revision)
        serializer = ChangedNoteSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changes: dict[str, Any] = serializer.validated_data
        try:
            actions.change_note(note, person(request), revision=revision, **changes)
        except actions.EditedMeanwhileError:
            raise StaleError from None
        return shape(request, pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.delete_note(find_own_note(request, pk), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class EditView(APIView):
    """The edit of one's note that others do not read yet."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take it back: the note stays as others read it."""
        person(request)
        actions.take_back_edit(find_note(request, pk), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DraftsView(generics.ListAPIView):
    """One's drafts, and what waits for its time; latest first."""

    needs_person = True
    serializer_class = NoteSerializer

    def get_queryset(self) -> QuerySet[Note]:
        return Note.drafts.by(person(self.request)).with_page()


class HistoryView(generics.ListAPIView):
    """What a note said before and says now, latest first; one that was never edited has one."""

    serializer_class = VersionSerializer

    def get_queryset(self) -> QuerySet[Version]:
        note = find_note(self.request, self.kwargs["pk"])
        versions = Version.objects.visible(self.request.user).filter(note=note)
        return versions.select_related("case", "note")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        note = find_note(request, self.kwargs["pk"])
        if not note.versions.exists():
            response.data["results"] = [VersionSerializer(Version.only_one(note)).data]
        return response


class LikeView(APIView):
    """Like a note or like it no longer."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        actions.like(person(request), find_note(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.unlike(person(request), find_note(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SaveView(APIView):
    """Keep a note in a board, move it to another, or keep it no longer."""

    @extend_schema(request=SaveSerializer, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        user, note = person(request), find_note(request, pk)
        serializer = SaveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        chosen = serializer.validated_data["board"]
        actions.save_note(user, note, actions.own_board(user, chosen) if chosen else None)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.unsave_note(person(request), find_note(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
