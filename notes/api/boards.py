"""The API of boards."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from accounts.api import reach_person
from accounts.authentication import person
from notes import actions
from notes.api.finding import find_board
from notes.models import Board, Note, Save
from notes.serializers import (
    BoardNotesOrderSerializer,
    BoardOrderSerializer,
    BoardSerializer,
    ChangedBoardSerializer,
    NewBoardSerializer,
    NoteSerializer,
    SavedNoteSerializer,
)

_Pages: Any = api_settings.DEFAULT_PAGINATION_CLASS


class BoardPagination(_Pages):  # type: ignore[misc]
    """Boards in the order of their owner."""

    ordering = ("position", "id")


class BoardList(generics.ListAPIView):
    """Boards of one person, as far as the reader may see them."""

    serializer_class = BoardSerializer
    pagination_class = BoardPagination

    def boards_of(self, owner: Any) -> QuerySet[Board]:
        viewer = self.request.user
        boards = Board.objects.visible(viewer).filter(owner=owner).select_related("owner")
        return boards.with_face(Note.objects.visible(viewer))


class BoardsView(BoardList):
    """One's own boards, and a new one."""

    needs_person = True

    def get_queryset(self) -> QuerySet[Board]:
        return self.boards_of(person(self.request))

    @extend_schema(request=NewBoardSerializer, responses={201: BoardSerializer})
    def post(self, request: Request) -> Response:
        owner = person(request)
        serializer = NewBoardSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        board = actions.create_board(owner, **serializer.validated_data)
        data = BoardSerializer(find_board(request, board.pk)).data
        return Response(data, status=status.HTTP_201_CREATED)

    @extend_schema(request=BoardOrderSerializer, responses={204: None})
    def put(self, request: Request) -> Response:
        """Put one's boards in another order."""
        owner = person(request)
        serializer = BoardOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.order_boards(owner, serializer.validated_data["boards"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class PersonBoardsView(BoardList):
    """The boards of a person."""

    def get_queryset(self) -> QuerySet[Board]:
        return self.boards_of(reach_person(self.request, self.kwargs["username"]))


class BoardView(APIView):
    """One board."""

    @extend_schema(responses=BoardSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(BoardSerializer(find_board(request, pk)).data)

    @extend_schema(request=ChangedBoardSerializer, responses=BoardSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        owner, board = person(request), find_board(request, pk)
        serializer = ChangedBoardSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        actions.change_board(board, owner, **serializer.validated_data)
        return Response(BoardSerializer(find_board(request, pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        owner = person(request)
        actions.delete_board(find_board(request, pk), owner)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SavePagination(_Pages):  # type: ignore[misc]
    """What stands in a board in the order of its owner."""

    ordering = ("-rank", "-id")


@extend_schema_view(get=extend_schema(responses=NoteSerializer(many=True)))
class BoardNotesView(generics.ListAPIView):
    """The notes in a board that the reader may see, in the order of its owner."""

    serializer_class = SavedNoteSerializer
    pagination_class = SavePagination

    def get_queryset(self) -> QuerySet[Save]:
        board = find_board(self.request, self.kwargs["pk"])
        seen = Note.objects.visible(self.request.user)
        notes = Prefetch("note", seen.for_api(self.request.user))
        return board.saves.filter(note__in=seen).prefetch_related(notes)

    @extend_schema(request=BoardNotesOrderSerializer, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Put these notes first in one's board, in this order; the others follow."""
        owner, board = person(request), find_board(request, pk)
        serializer = BoardNotesOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.order_notes(board, owner, serializer.validated_data["notes"])
        return Response(status=status.HTTP_204_NO_CONTENT)
