"""The API of comments."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.words import whole_number
from notes import actions
from notes.api.finding import LARGEST_ID, find_note
from notes.models import Comment, Note
from notes.serializers import CommentSerializer, NewCommentSerializer


class CommentsView(generics.ListAPIView):
    """The comments of a note, latest first; ?parent= lists the replies to one."""

    serializer_class = CommentSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        note = find_note(self.request, self.kwargs["pk"])
        comments = note.comments.visible(self.request.user).select_related("author", "case")
        parent = whole_number(self.request.query_params.get("parent", ""))
        if parent is not None:
            comments = comments.filter(parent=parent)
        return comments.with_reply_count()

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        author, note = person(request), find_note(request, pk)
        serializer = NewCommentSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        body, parent = serializer.validated_data["body"], serializer.validated_data["parent"]
        comment = actions.submit_comment(author, note, body, find_parent(request, note, parent))
        return Response(CommentSerializer(comment).data, status=status.HTTP_201_CREATED)


def find_parent(request: Request, note: Note, pk: int | None) -> Comment | None:
    """Return the comment to reply to. Raises ValidationError when it cannot be seen."""
    if pk is None:
        return None
    return actions.checked_parent(note.comments.visible(request.user), pk)


class CommentView(APIView):
    """One comment."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        by = person(request)
        comments = Comment.objects.visible(by).select_related("note")
        comment = get_object_or_404(comments, pk=min(pk, LARGEST_ID))
        find_note(request, comment.note_id)
        actions.delete_comment(comment, by)
        return Response(status=status.HTTP_204_NO_CONTENT)
