"""The API of profiles."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import find_person
from accounts.models import User
from notes.models import Note
from notes.serializers import NoteSerializer, ProfileSerializer


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
