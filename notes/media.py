"""Files of images, shown to whoever may see their note and to nobody else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.authentication import viewer_of
from accounts.models import Block, User
from moderation.models import Look
from notes.models import Image, Note, Viewer
from notes.seeing import sees_note

A_YEAR = 60 * 60 * 24 * 365
# Names are never used again, so a browser that was allowed once need not ask twice. Caches that
# many share ask again after a minute: what is removed must not live on in them.
FOR_ONE = f"private, max-age={A_YEAR}, immutable"
NOT_KEPT = "private, no-store"
FOR_EVERYBODY = f"public, max-age={A_YEAR}, s-maxage=60, immutable"


def serve_image(request: HttpRequest, prefix: str, key: str, width: str) -> HttpResponseBase:
    """A rendition; 404 wherever the note would be."""
    images, viewer = Image.objects.filter(status=Image.Status.READY), viewer_of(request)
    image = images.filter(key=key).select_related("owner").first()
    if image is None or prefix != key[:2] or int(width) not in Image.WIDTHS:
        raise Http404
    if _is_for_everybody(image, viewer):
        caching = FOR_EVERYBODY
    elif isinstance(viewer, User) and _is_for(viewer, image):
        caching = _caching_for(viewer, image)
    else:
        raise Http404
    return send_file(image.file_name(int(width)), "image/webp", caching)


def _is_for_everybody(image: Image, viewer: Viewer) -> bool:
    """Whether anybody sees it, this viewer among them."""
    if not sees_note(AnonymousUser(), image.note_id):
        return False
    return not isinstance(viewer, User) or not Block.objects.between(viewer, image.owner)


def _caching_for(viewer: Viewer, image: Image) -> str:
    """What moderators see of others' must not outlive their work at it."""
    at_work = isinstance(viewer, User) and viewer.is_staff and viewer.pk != image.owner_id
    return NOT_KEPT if at_work else FOR_ONE


def _is_for(viewer: User, image: Image) -> bool:
    """Whether they see its note; what is in none yet, or not shown there yet, is its owner's."""
    if image.owner_id == viewer.pk or sees_note(viewer, image.note_id):
        return True
    if not (viewer.is_staff and viewer.is_moderator):
        return False
    # What an edit adds is judged before it is shown; reading what is for followers is noted.
    cases = Note.objects.filter(images=image).values("case")
    looked_at = Look.objects.lately(viewer).filter(case__in=cases)
    return sees_note(viewer, image.proposed_for_id) or looked_at.exists()


def serve_avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Avatars are public, under random names."""
    return send_file(name, "image/webp", FOR_EVERYBODY)


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
