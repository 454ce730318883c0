"""The API of notes, images, comments, likes, topics and profiles."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import JSON_OR_FORM, find_person
from accounts.authentication import person
from accounts.models import User
from accounts.words import whole_number
from notes import actions
from notes.models import Comment, Image, Note, Topic
from notes.parsing import fold_topic
from notes.serializers import (
    AltSerializer,
    CommentSerializer,
    ImageSerializer,
    NewCommentSerializer,
    NewNoteSerializer,
    NoteSerializer,
    ProfileSerializer,
    TopicSerializer,
    UploadSerializer,
)

LARGEST_ID = 2**63 - 1


def find_note(request: Request, pk: int) -> Note:
    """Return a note that the reader may see. Raises Http404."""
    if pk > LARGEST_ID:
        raise Http404
    return get_object_or_404(Note.objects.visible(request.user), pk=pk)


def shown_note(request: Request, pk: int) -> Note:
    """Return a note with all that its shape needs."""
    notes = Note.objects.visible(request.user).marked_for(request.user)
    return get_object_or_404(notes.with_comment_count().with_page(), pk=min(pk, LARGEST_ID))


class ImagesView(APIView):
    """Upload a picture."""

    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: ImageSerializer}
    )
    def post(self, request: Request) -> Response:
        owner = person(request)
        serializer = UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        image = actions.upload_image(owner, **serializer.validated_data)
        return Response(ImageSerializer(image).data, status=status.HTTP_201_CREATED)


class ImageView(APIView):
    """One's own image."""

    needs_person = True
    parser_classes = JSON_OR_FORM

    def own(self, request: Request, pk: int) -> Image:
        return get_object_or_404(Image, owner=person(request), pk=min(pk, LARGEST_ID))

    @extend_schema(responses=ImageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ImageSerializer(self.own(request, pk)).data)

    @extend_schema(request=AltSerializer, responses=ImageSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        image = self.own(request, pk)
        serializer = AltSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.describe_image(image, serializer.validated_data["alt"])
        return Response(ImageSerializer(image).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.delete_image(self.own(request, pk), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


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


class TopicsView(generics.ListAPIView):
    """Topics whose name begins with ?q=."""

    serializer_class = TopicSerializer

    def get_queryset(self) -> QuerySet[Topic]:
        begin = fold_topic(self.request.query_params.get("q", "").replace("\0", ""))
        return Topic.objects.in_use().filter(name__startswith=begin)

    @extend_schema(parameters=[OpenApiParameter("q", OpenApiTypes.STR)])
    def get(self, request: Request) -> Response:
        return self.list(request)


class TopicView(APIView):
    """One topic."""

    @extend_schema(responses=TopicSerializer)
    def get(self, request: Request, name: str) -> Response:
        topic = get_object_or_404(Topic.objects.in_use(), name=fold_topic(name.replace("\0", "")))
        return Response(TopicSerializer(topic).data)


class ProfileView(APIView):
    """A person's profile."""

    @extend_schema(responses=ProfileSerializer)
    def get(self, request: Request, username: str) -> Response:
        found = find_person(username)
        profile = ProfileSerializer(
            found,
            context={
                "note_count": Note.objects.visible(request.user).by(found).count(),
                "follows": isinstance(request.user, User) and request.user.follows(found),
            },
        )
        return Response(profile.data)


class PersonNotesView(generics.ListAPIView):
    """A person's notes, latest first."""

    serializer_class = NoteSerializer

    def get_queryset(self) -> QuerySet[Note]:
        notes = Note.objects.visible(self.request.user).by(find_person(self.kwargs["username"]))
        return notes.marked_for(self.request.user).with_comment_count().with_page()
