"""Tags of notes: texts with links, covers, counts."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from moderation.language import detect, script
from moderation.traditional import written
from notes.counts import compact
from notes.glossary.marking import explained
from notes.models import Image, Note, Topic
from notes.parsing import fold_topic, split_links
from notes.posters.keeping import cover_of, name_of
from notes.runs import in_runs
from notes.translation.foreign import is_foreign
from notes.translation.texts import readers_language

register = template.Library()
register.filter("script", script)

TALLEST, WIDEST = 4 / 3, 3 / 4


@register.simple_tag
def linked(text: str, topics: Iterable[Topic], people: Iterable[User], own: str = "") -> SafeString:
    """The text with links to its terms, and to #topics and @mentions that lead somewhere.

    `own` is its language: runs of another one are marked.
    """
    names = {topic.name for topic in topics}
    handles = {user.username for user in people}
    language, seen = readers_language(get_language()), set[str]()
    pieces = [
        explained(piece, language, seen, own)
        if kind == "text"
        else _linked(kind, piece, names, handles, own)
        for kind, piece in split_links(text)
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def with_terms(text: str, own: str = "") -> SafeString:
    """A text in `own` with links to the words of the other culture that stand in it."""
    return explained(text, readers_language(get_language()), set(), own)


@register.filter
def runs(text: str, own: str | None = None) -> SafeString:
    """A text in `own`, else in the reader's language, its runs of the other marked."""
    return in_runs(text, readers_language(get_language()) if own is None else own)


def _linked(kind: str, piece: str, names: set[str], handles: set[str], own: str) -> str:
    if kind == "topic":
        name, word = fold_topic(piece), format_html("#{}", in_runs(piece, own))
        link = '<a href="/topics/{}/">{}</a>'
        return format_html(link, quote(name), word) if name in names else word
    if kind == "mention":
        handle = piece.lower()
        link = '<a href="/@{}/">@{}</a>'
        return format_html(link, handle, piece) if handle in handles else f"@{piece}"
    return piece


@register.filter(name="written")
def as_written(text: str) -> str:
    """Words of ours in the characters of the reader's interface."""
    return written(text, get_language())


@register.filter
def cover_height(image: Image) -> int:
    """The height of a cover 360 wide: its own aspect, between 4:3 and 3:4."""
    return round(360 * min(max(image.height / image.width, WIDEST), TALLEST))


@register.simple_tag
def poster(note: Note) -> str:
    """The path of the picture that stands for a note where its link is shared."""
    cover = cover_of(note)
    if cover is None:
        return reverse("poster")
    version = name_of(note, cover).rsplit("-", 1)[1].removesuffix(".jpg")
    return f"{reverse('note-poster', args=[note.pk])}?v={version}"


@register.filter
def srcset(image: Image) -> str:
    """Every rendition with the width it really has."""
    widths = {url: min(int(width), image.width) for width, url in image.urls.items()}
    return ", ".join(f"{url} {width}w" for url, width in widths.items())


@register.filter
def count(number: int) -> str:
    """A number of people, short."""
    return compact(number, get_language() or "en")


@register.filter
def same(one: object, other: object) -> bool:
    """Whether two ids are of the same row."""
    return one is not None and one == other


@register.simple_tag
def foreign_bio(text: str) -> bool:
    """Whether the reader may want what somebody says of themselves translated."""
    return foreign(text, detect(text))


@register.simple_tag
def foreign(text: str, language: str, second: str = "") -> bool:
    """Whether the reader may want it translated; `second` is another language it is told in."""
    target = readers_language(get_language())
    return second != target and is_foreign(text, language, target)


@register.inclusion_tag("notes/_reach.html")
def reach_meter(note: Note) -> dict[str, list[tuple[str, bool]]]:
    """Where others meet one's own note: what the pages themselves ask."""
    reach = note.reach
    return {
        "meter": [
            (_("By its link"), reach.link),
            (_("Followers"), reach.followers),
            (_("Explore"), reach.explore),
            (_("Search"), reach.search),
        ]
    }
