"""What makes Redleaf an app that can be installed: its manifest, its worker, its offline page."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

PAPER, MAPLE = "#fdfcfa", "#b93a35"
ICONS = (("app-192", 192, "any"), ("app-512", 512, "any"), ("app-maskable", 512, "maskable"))
ONE_DAY = 24 * 60 * 60


@require_safe
@cache_control(private=True, max_age=ONE_DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """How the app is called, how it looks, and that other apps may share words into a new note.

    https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/web-share-target/
    """
    publish = reverse("publish")
    described: dict[str, Any] = {
        "id": "/",
        "name": "Redleaf 红叶",
        "short_name": "Redleaf",
        "description": _("Share notes in a calm place, in Chinese and in English."),
        "lang": get_language(),
        "start_url": reverse("explore"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": MAPLE,
        "icons": [_icon(*icon) for icon in ICONS],
        "shortcuts": [{"name": _("Publish"), "url": publish}],
        "share_target": {
            "action": publish,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands at the root, since it may only serve what lies below it."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown where there is no network: it knows nobody, so it speaks both languages."""
    return render(request, "offline.html")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"img/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@cache
def _worker() -> str:
    return render_to_string("worker.js")
