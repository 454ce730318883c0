"""Addresses of posters: of a note for whoever reads it, of all other pages for everybody."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from notes.media import send_file
from notes.models import Note
from notes.posters.drawing import draw_site
from notes.posters.keeping import cover_of, kept_poster

# Caches that many share ask again soon: what is removed must not live on in them.
CACHING = "public, max-age=3600, s-maxage=60"
# It is shown to who knows neither us nor the reader, so it speaks both languages.
SITE = ("两种语言，一处安静", "One calm place for two languages")
ONE_DAY = 24 * 60 * 60


@require_safe
def note_poster(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The poster of a note that anybody may read; 404 for all others."""
    notes = Note.objects.visible(AnonymousUser()).visible(request.user).with_card()
    note = get_object_or_404(notes, pk=min(pk, 2**63 - 1))
    cover = cover_of(note)
    if cover is None:
        raise Http404
    try:
        name = kept_poster(note, cover)
    except FileNotFoundError:
        raise Http404 from None
    return send_file(name, "image/jpeg", CACHING)


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def site_poster(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_site_poster(), content_type="image/jpeg")


@cache
def _site_poster() -> bytes:
    return draw_site(*SITE)
