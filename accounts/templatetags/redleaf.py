"""Tags of every page: icons, times, numbers of people."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.template.defaultfilters import date
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
@lru_cache
def icon(name: str, extra: str = "") -> SafeString:
    """A picture of the sprite; it says nothing, its neighbour does."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>',
        extra,
        static("img/icons.svg"),
        name,
    )


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """How long ago within a week, the date after that, as a <time>."""
    if moment is None:
        return ""
    age = timezone.now() - moment
    if age < timedelta(minutes=1):
        words = _("just now")
    elif age < timedelta(days=7):
        words = _("%(time)s ago") % {"time": timesince(moment, depth=1)}
    else:
        words = date(moment, "DATE_FORMAT")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        date(moment, "DATETIME_FORMAT"),
        words,
    )
