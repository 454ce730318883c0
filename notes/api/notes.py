"""The API of notes and likes."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from notes import actions
from notes.api.finding import find_note, shown_note
from notes.serializers import NewNoteSerializer, NoteSerializer


class NotesView(APIView):
    """Post a note."""

    @extend_schema(request=NewNoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request) -> Response:
        author = person(request)
        serializer = NewNoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        note = actions.submit_note(author, **serializer.validated_data)
        data = NoteSerializer(shown_note(request, note.pk)).data
        return Response(data, status=status.HTTP_201_CREATED)


class NoteView(APIView):
    """One note."""

    @extend_schema(responses=NoteSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(NoteSerializer(shown_note(request, pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.delete_note(find_note(request, pk), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


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
