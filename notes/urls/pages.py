"""Pages of notes."""

from django.urls import path, re_path

from notes import media

urlpatterns = [
    re_path(
        r"^media/images/(?P<prefix>[0-9a-f]{2})/(?P<key>[0-9a-f]{32})/(?P<width>\d{3,4})\.webp$",
        media.serve_image,
    ),
    re_path(r"^media/avatars/(?P<name>[0-9a-f]{24}\.webp)$", media.serve_avatar),
]
