"""Marking words of the other culture in what a reader reads."""

from __future__ import annotations

import time
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Language
from notes.glossary.finding import Finder, spellings_of
from notes.models import Term
from notes.runs import in_runs

# The glossary is read anew so often; pages are drawn for as long.
KEPT_FOR = 60  # seconds


def explained(text: str, language: str, seen: set[str], own: str = "") -> SafeString:
    """The text, escaped, with links to terms that who reads `language` may not know.

    Each term once: `seen` holds those that were marked already. `own` is the language of the
    text: runs of another say so.
    """
    pieces: list[str] = []
    end = 0
    for start, stop, name in _finder(language, int(time.time()) // KEPT_FOR).find(text, seen):
        pieces += [in_runs(text[end:start], own), _link(in_runs(text[start:stop], own), name)]
        end = stop
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, in_runs(text[end:], own)]))


def _link(word: str, name: str) -> SafeString:
    address = Term(name=name).get_absolute_url()
    link = '<a class="term" href="{}" hx-get="{}" hx-target="[data-term-card]">{}</a>'
    return format_html(link, address, address, word)


@lru_cache(maxsize=4)
def _finder(language: str, minute: int) -> Finder:
    other = Language.ENGLISH if language == Language.CHINESE else Language.CHINESE
    terms = Term.objects.current().filter(language=other)
    return Finder(spellings_of(terms.values_list("name", "word", "spellings")))


def forget() -> None:
    """Read the glossary anew at once, in this process."""
    _finder.cache_clear()
