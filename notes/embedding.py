"""Notes on other people's pages: oEmbed (https://oembed.com)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from notes.models import Note


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What a page may show of a public note: never more than a stranger sees."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    notes = Note.objects.visible(AnonymousUser()).visible(request.user).with_card()
    note = get_object_or_404(notes, pk=_named(request.GET.get("url", "")))
    return JsonResponse(_link(note, f"{request.scheme}://{request.get_host()}"))


def _named(url: str) -> int:
    """The id of the note at an address. Raises Http404."""
    try:
        match = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        raise Http404 from None
    if match.url_name != "note":
        raise Http404
    return min(int(match.kwargs["pk"]), 2**63 - 1)


def _link(note: Note, origin: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": note.heading,
        "author_name": note.author.name,
        "author_url": origin + note.author.get_absolute_url(),
        "provider_name": "Redleaf 红叶",
        "provider_url": f"{origin}/",
        "cache_age": 300,
    }
    cover = note.images.all()[0] if note.images.all() else None
    if cover and cover.urls and not note.case.warning:
        width = min(cover.width, 720)
        shown["thumbnail_url"] = origin + cover.urls["720"]
        shown["thumbnail_width"] = width
        shown["thumbnail_height"] = max(1, round(cover.height * width / cover.width))
    return shown
