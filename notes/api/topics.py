"""The API of topics."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from notes import actions
from notes.models import Topic, topic_mark
from notes.parsing import fold_topic
from notes.serializers import TopicSerializer


class TopicsView(generics.ListAPIView):
    """Topics whose name begins with ?q=."""

    serializer_class = TopicSerializer

    def get_queryset(self) -> QuerySet[Topic]:
        begin = fold_topic(self.request.query_params.get("q", "").replace("\0", ""))
        return Topic.objects.in_use(self.request.user).filter(name__startswith=begin)

    @extend_schema(parameters=[OpenApiParameter("q", OpenApiTypes.STR)])
    def get(self, request: Request) -> Response:
        return self.list(request)


def find_topic(request: Request, name: str) -> Topic:
    """A topic that the reader could come across, or muted. Raises Http404."""
    viewer, folded = request.user, fold_topic(name.replace("\0", ""))
    found = Topic.objects.in_use(viewer).filter(name=folded).first()
    if found is None:
        found = get_object_or_404(Topic.objects.in_use(), name=folded)
        if topic_mark(viewer, found) != "muted":
            raise Http404
    return found


class TopicView(APIView):
    """One topic."""

    @extend_schema(responses=TopicSerializer)
    def get(self, request: Request, name: str) -> Response:
        topic = find_topic(request, name)
        mark = topic_mark(request.user, topic)
        viewer = {"following": mark == "followed", "muted": mark == "muted"}
        return Response(TopicSerializer(topic).data | {"viewer": viewer})


class TopicMarkView(APIView):
    """Something one does with a topic and takes back. PUT and DELETE, both idempotent."""

    needs_person = True
    do: str
    undo: str

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, name: str) -> Response:
        getattr(actions, self.do)(person(request), find_topic(request, name))
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, name: str) -> Response:
        getattr(actions, self.undo)(person(request), find_topic(request, name))
        return Response(status=204)


class TopicFollowView(TopicMarkView):
    """See more of a topic."""

    do, undo = "follow_topic", "unfollow_topic"


class TopicMuteView(TopicMarkView):
    """See nothing of a topic."""

    do, undo = "mute_topic", "unmute_topic"
