"""The API of comments."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.words import whole_number
from notes import actions
from notes.api.finding import find_comment, find_note
from notes.models import Comment, Note
from notes.serializers import CommentSerializer, EditedCommentSerializer, NewCommentSerializer

NO_CONTENT = status.HTTP_204_NO_CONTENT


def shape(request: Request, pk: int, code: int = 200) -> Response:
    """A comment as this reader sees it."""
    data = CommentSerializer(find_comment(request, pk), context={"request": request}).data
    return Response(data, status=code)


def asked_parent(request: Request) -> int | None:
    """Read ?parent=, which may be left out. Raises ValidationError."""
    asked = request.query_params.get("parent")
    number = whole_number(asked or "")
    if asked is not None and number is None:
        raise serializers.ValidationError({"parent": _("Use the id of a comment.")}, "invalid")
    return number


class CommentsView(generics.ListAPIView):
    """The comments of a note, latest first; ?parent= lists the replies to one."""

    serializer_class = CommentSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        viewer = self.request.user
        note = find_note(self.request, self.kwargs["pk"])
        comments = note.comments.visible(viewer).shaped_for(viewer)
        parent = asked_parent(self.request)
        return comments if parent is None else comments.filter(parent=parent)

    @extend_schema(parameters=[OpenApiParameter("parent", OpenApiTypes.INT)])
    def get(self, request: Request, pk: int) -> Response:
        return self.list(request)

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        author, note = person(request), find_note(request, pk)
        serializer = NewCommentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        body, parent = serializer.validated_data["body"], serializer.validated_data["parent"]
        comment = actions.submit_comment(author, note, body, find_parent(request, note, parent))
        return shape(request, comment.pk, status.HTTP_201_CREATED)


def find_parent(request: Request, note: Note, pk: int | None) -> Comment | None:
    """Return the comment to reply to. Raises ValidationError when it cannot be seen."""
    if pk is None:
        return None
    return actions.checked_parent(note.comments.visible(request.user), pk)


class CommentView(APIView):
    """One comment."""

    @extend_schema(responses=CommentSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return shape(request, pk)

    @extend_schema(request=EditedCommentSerializer, responses=CommentSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        by, comment = person(request), find_comment(request, pk)
        serializer = EditedCommentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.edit_comment(comment, by, serializer.validated_data["body"])
        return shape(request, pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.delete_comment(find_comment(request, pk), by)
        return Response(status=NO_CONTENT)


class CommentLikeView(APIView):
    """Like a comment or like it no longer."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.like_comment(by, find_comment(request, pk))
        return Response(status=NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.unlike_comment(by, find_comment(request, pk))
        return Response(status=NO_CONTENT)


class CommentPinView(APIView):
    """Put a comment on top under one's own note, or let it stand among the others."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.pin_comment(find_comment(request, pk), by)
        return Response(status=NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        by = person(request)
        actions.unpin_comment(find_comment(request, pk), by)
        return Response(status=NO_CONTENT)
