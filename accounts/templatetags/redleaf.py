"""Tags of every page: icons, times, numbers of people."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaultfilters import date
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import TIME_STRINGS, timesince
from django.utils.translation import get_language, ngettext, ngettext_lazy, pgettext
from django.utils.translation import gettext as _

from accounts.bundles import INLINE, inline, sent
from accounts.icons import drawings
from accounts.models import User

register = template.Library()

# Stands for the reader's own handle in what is rendered once for all.
HANDLE = "{handle}"
# Django counts days that have passed by a word of calendars in Chinese.
UNITS: dict[str, Any] = TIME_STRINGS | {"day": ngettext_lazy("%(num)d day", "%(num)d days", "num")}


@register.simple_tag
@lru_cache
def icon(name: str, extra: str = "") -> SafeString:
    """A picture of our own set; it says nothing, its neighbour does."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f"icon {extra}".rstrip(),
        mark_safe(drawings()[name]),  # noqa: S308 - our own file
    )


@register.simple_tag(takes_context=True)
def shell(context: Context, part: str) -> SafeString:
    """A part of the frame of every page, rendered once for all who see the same."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    user = getattr(request, "user", None)  # a request that was refused early has none
    handle = user.username if isinstance(user, User) else ""
    name = str(context.get("handle", handle))  # a mark in what is drawn for many
    if match and here == "profile" and match.kwargs["username"] == handle:
        here = "me"
    render = _shell.__wrapped__ if settings.DEBUG else _shell
    html = render(part, get_language() or "en", here or "", bool(handle))
    return mark_safe(html.replace(HANDLE, name))  # noqa: S308 - a-z, 0-9 and _ only


@lru_cache(maxsize=512)
def _shell(part: str, language: str, here: str, signed_in: bool) -> str:
    context = {
        "here": here,
        "signed_in": signed_in,
        "handle": HANDLE,
        "language": language,
        "inline": {name: mark_safe(inline(name)) for name in INLINE},  # noqa: S308 - our own files
        "styles": sent("css/redleaf.css", joined=not settings.DEBUG),
        "scripts": sent("js/redleaf.js", joined=not settings.DEBUG),
    }
    return get_template(f"_{part}.html").render(context)


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """How long ago within a week, the date after that, as a <time>."""
    if moment is None:
        return ""
    age = timezone.now() - moment
    if age < timedelta(minutes=1):
        words = _("just now")
    elif age < timedelta(days=7):
        words = _("%(time)s ago") % {"time": timesince(moment, time_strings=UNITS, depth=1)}
    else:
        words = date(moment, "DATE_FORMAT")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        date(moment, "DATETIME_FORMAT"),
        words,
    )


@register.simple_tag
def who(named: list[User], others: int) -> SafeString:
    """One or two people by name, and how many more, as links in a sentence."""
    links = [
        format_html('<a href="{}">{}</a>', person.get_absolute_url(), person.name)
        for person in named
    ]
    if others:
        words = ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", others)
        names = pgettext("between names", ", ").join(links)
        return mark_safe(words % {"names": names, "n": others})  # noqa: S308 - escaped above
    pair = pgettext("between two names", " and ").join(links)
    return mark_safe(pair)  # noqa: S308 - escaped above


@register.simple_tag
def section(name: str, here: str) -> SafeString:
    """The beginning of a link to a section of the settings."""
    current = mark_safe(' aria-current="page"') if name == here else ""
    return format_html('<a href="{}"{}>', reverse(name), current)


_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS"}


@register.filter
def browser(user_agent: str) -> str:
    """What a browser calls itself, in two words."""
    found = [
        next((_NAMES.get(name, name) for name in names if name in user_agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or user_agent[:40] or _("Unknown browser")
