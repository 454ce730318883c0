"""The API of profiles."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import reach_person
from accounts.models import marks
from notes.models import Note
from notes.serializers import NoteSerializer, ProfileSerializer


class ProfileView(APIView):
    """A person's profile."""

    @extend_schema(responses=ProfileSerializer)
    def get(self, request: Request, username: str) -> Response:
        found = reach_person(request, username)
        notes = Note.objects.visible(request.user).by(found)
        context = {"note_count": notes.count(), "marks": marks(request.user, found)}
        profile = ProfileSerializer(found, context=context)
        return Response(profile.data)


class PersonNotesView(generics.ListAPIView):
    """A person's notes, latest first."""

    serializer_class = NoteSerializer

    def get_queryset(self) -> QuerySet[Note]:
        found = reach_person(self.request, self.kwargs["username"])
        notes = Note.objects.visible(self.request.user).by(found)
        return notes.for_api(self.request.user)
