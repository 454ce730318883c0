"""The API of images."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import JSON_OR_FORM
from accounts.authentication import person
from notes import actions
from notes.models import Image
from notes.seeing import LARGEST_ID
from notes.serializers import AltSerializer, ImageSerializer, RoomSerializer, UploadSerializer


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


class RoomView(APIView):
    """How much room one has for pictures."""

    needs_person = True

    @extend_schema(responses=RoomSerializer)
    def get(self, request: Request) -> Response:
        count, size = actions.quota_used(person(request))
        most = {"most_images": settings.IMAGE_QUOTA_COUNT, "most_bytes": settings.IMAGE_QUOTA_BYTES}
        return Response(RoomSerializer({"image_count": count, "byte_count": size} | most).data)


class ImageView(APIView):
    """One's own image."""

    needs_person = True
    parser_classes = JSON_OR_FORM

    def own(self, request: Request, pk: int) -> Image:
        images = Image.objects.select_related("note", "proposed_for", "owner")
        return get_object_or_404(images, owner=person(request), pk=min(pk, LARGEST_ID))

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
