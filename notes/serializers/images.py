"""The shapes of images in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from notes.models import Image


class ImageSerializer(serializers.ModelSerializer):
    """An image; `urls` by width once it is ready."""

    urls = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Image
        fields = ("id", "status", "width", "height", "placeholder", "alt", "urls")
        read_only_fields = ("id", "status", "width", "height", "placeholder", "urls")


class UploadSerializer(serializers.Serializer[Any]):
    """A picture to upload, as multipart/form-data."""

    file = serializers.FileField()
    alt = serializers.CharField(required=False, allow_blank=True, default="")


class RoomSerializer(serializers.Serializer[Any]):
    """How much room one has for pictures, and how much of it they take up."""

    image_count = serializers.IntegerField()
    most_images = serializers.IntegerField()
    byte_count = serializers.IntegerField(help_text="Of the files as they were uploaded.")
    most_bytes = serializers.IntegerField()


class AltSerializer(serializers.Serializer[Any]):
    """The description of an image."""

    alt = serializers.CharField(allow_blank=True)
