"""The API of topics."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notes.models import Topic
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


class TopicView(APIView):
    """One topic."""

    @extend_schema(responses=TopicSerializer)
    def get(self, request: Request, name: str) -> Response:
        known = Topic.objects.in_use(request.user)
        topic = get_object_or_404(known, name=fold_topic(name.replace("\0", "")))
        return Response(TopicSerializer(topic).data)
