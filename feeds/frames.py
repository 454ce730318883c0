"""What stands around the cards of a feed: drawn once a minute for all who see the same there.

Marks stand in it for what is the reader's own, and are filled in for each answer.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.models import User
from accounts.requests import is_partial
from accounts.templatetags.redleaf import HANDLE
from moderation.language import script

KEPT_FOR = 60
# Nobody can write these into what a frame shows.
CARDS, CHIPS, NEXT, TOKEN = (secrets.token_hex(16) for _ in range(4))
NOTHING = SafeString()


def chips_of(topics: Iterable[tuple[str, str]]) -> SafeString:
    """Links to topics, from titles and addresses."""
    link = '<a href="{1}" lang="{2}">#{0}</a>'
    return format_html_join("\n", link, ((title, url, script(title)) for title, url in topics))


def framed(
    request: HttpRequest,
    template: str,
    cards: SafeString,
    next_url: str,
    chips: SafeString,
    shown: dict[str, str],
) -> HttpResponse:
    """The whole page, or for htmx only the cards and the way to the next ones."""
    part = is_partial(request)
    html = _frame(request, "feeds/_waterfall.html" if part else template, cards, next_url, shown)
    # Before there are words of others in it.
    if isinstance(request.user, User):
        html = html.replace(HANDLE, request.user.username)
    if TOKEN in html:
        html = html.replace(TOKEN, get_token(request))
    for mark, own in ((NEXT, escape(next_url)), (CHIPS, chips), (CARDS, cards)):
        html = html.replace(mark, own)
    response = HttpResponse(html)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _frame(
    request: HttpRequest, template: str, cards: str, next_url: str, shown: dict[str, str]
) -> str:
    """The frame with its marks; anew while the templates are worked on or a message waits."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    known = request.user.is_authenticated
    place = (request.scheme, request.get_host(), here, template, get_language(), known)
    seen = repr((place, bool(cards), bool(next_url), shown))
    if settings.DEBUG or (len(get_messages(request)) and not is_partial(request)):
        return _draw(request, template, cards, next_url, shown)
    key = hashlib.blake2b(seen.encode()).hexdigest()
    html: str | None = caches["drawn"].get(key)
    if html is None:
        html = _draw(request, template, cards, next_url, shown)
        caches["drawn"].set(key, html, KEPT_FOR)
    return html


def _draw(
    request: HttpRequest, template: str, cards: str, next_url: str, shown: dict[str, str]
) -> str:
    context = {
        "cards": CARDS if cards else "",
        "chips": CHIPS,
        "next_url": NEXT if next_url else "",
        "csrf_token": TOKEN,
        "handle": HANDLE,
    }
    return render_to_string(template, context | shown, request)
