"""Files of images, shown to whoever may see their note and to nobody else."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.authentication import viewer_of
from accounts.models import User
from notes.models import Image, Note

A_YEAR = 60 * 60 * 24 * 365


def serve_image(request: HttpRequest, prefix: str, key: str, width: str) -> HttpResponseBase:
    """A rendition; 404 wherever the note would be."""
    viewer = viewer_of(request)
    seen = Q(Exists(Note.objects.visible(viewer).filter(pk=OuterRef("note"))))
    if isinstance(viewer, User):
        seen |= Q(owner=viewer, note=None)
    image = Image.objects.filter(seen, key=key, status=Image.Status.READY).first()
    if image is None or prefix != key[:2] or int(width) not in Image.WIDTHS:
        raise Http404
    return _file(image.file_name(int(width)))


def serve_avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Avatars are public, under random names."""
    return _file(f"avatars/{name}")


def _file(name: str) -> HttpResponseBase:
    if settings.MEDIA_ACCEL:
        accel = {"X-Accel-Redirect": f"/protected-media/{name}"}
        response: HttpResponseBase = HttpResponse(headers=accel)
    else:
        try:
            response = FileResponse(default_storage.open(name))
        except FileNotFoundError:
            raise Http404 from None
    response["Content-Type"] = "image/webp"
    # Names are never used again, so a browser that was allowed once need not ask twice.
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response
