"""Files of images, shown to whoever may see their note and to nobody else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.authentication import viewer_of
from accounts.models import Block, User
from moderation.models import Look
from notes.models import Image, Note, Viewer

A_YEAR = 60 * 60 * 24 * 365
# Names are never used again, so a browser that was allowed once need not ask twice. Caches that
# many share ask again after a minute: what is removed must not live on in them.
FOR_ONE = f"private, max-age={A_YEAR}, immutable"
NOT_KEPT = "private, no-store"
FOR_EVERYBODY = f"public, max-age={A_YEAR}, s-maxage=60, immutable"


def serve_image(request: HttpRequest, prefix: str, key: str, width: str) -> HttpResponseBase:
    """A rendition; 404 wherever the note would be."""
    images = Image.objects.filter(key=key, status=Image.Status.READY)
    viewer, caching = viewer_of(request), FOR_EVERYBODY
    image = images.filter(_shown_to(AnonymousUser())).select_related("owner").first()
    # Most pictures are everybody's: the longer question is asked of the others alone.
    if isinstance(viewer, User) and (image is None or Block.objects.between(viewer, image.owner)):
        image = images.filter(_shown_to(viewer)).first()
        caching = _caching_for(viewer, image) if image else NOT_KEPT
    if image is None or prefix != key[:2] or int(width) not in Image.WIDTHS:
        raise Http404
    return send_file(image.file_name(int(width)), "image/webp", caching)


def _caching_for(viewer: Viewer, image: Image) -> str:
    """What moderators see of others' must not outlive their work at it."""
    at_work = isinstance(viewer, User) and viewer.is_staff and viewer.pk != image.owner_id
    return NOT_KEPT if at_work else FOR_ONE


def _shown_to(viewer: Viewer) -> Q:
    """With its note; what is in no note yet, or not shown there yet, to its owner alone."""
    notes = Note.objects.visible(viewer)
    seen = Q(Exists(notes.filter(pk=OuterRef("note"))))
    if not isinstance(viewer, User):
        return seen
    if viewer.is_staff and viewer.is_moderator:
        # What an edit adds is judged before it is shown; reading what is for followers is noted.
        seen |= Q(Exists(notes.filter(pk=OuterRef("proposed_for"))))
        seen |= Q(Exists(Look.objects.lately(viewer).filter(case=OuterRef("note__case"))))
    return seen | Q(owner=viewer)


def serve_avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Avatars are public, under random names."""
    return send_file(f"avatars/{name}", "image/webp", FOR_EVERYBODY)


def send_file(name: str, kind: str, caching: str) -> HttpResponseBase:
    """A file of ours, after somebody said that it may be seen. Raises Http404."""
    if settings.MEDIA_ACCEL:
        accel = {"X-Accel-Redirect": f"/protected-media/{name}"}
        response: HttpResponseBase = HttpResponse(headers=accel)
    else:
        try:
            response = FileResponse(default_storage.open(name))
        except FileNotFoundError:
            raise Http404 from None
    response["Content-Type"] = kind
    response["Cache-Control"] = caching
    return response
