"""The API of notifications."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.models import Notification
from accounts.serializers import NotificationSerializer
from feeds import notifications


class NotificationsView(generics.ListAPIView):
    """What one was told, latest first."""

    needs_person = True
    serializer_class = NotificationSerializer

    def get_queryset(self) -> QuerySet[Notification]:
        return notifications.told(person(self.request)).select_related("actor")


class UpToSerializer(serializers.Serializer[Any]):
    """The last notification that was read."""

    up_to = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class ReadNotificationsView(APIView):
    """Mark notifications as read."""

    @extend_schema(request=UpToSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        serializer = UpToSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        notifications.mark_read(person(request), serializer.validated_data["up_to"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class UnreadSerializer(serializers.Serializer[Any]):
    """How many notifications are unread."""

    count = serializers.IntegerField()


class UnreadView(APIView):
    """How many notifications are unread."""

    needs_person = True

    @extend_schema(responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        return Response({"count": notifications.unread_count(person(request))})
