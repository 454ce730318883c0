"""Words of strangers on cards and pages: shown as they were written, and never run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from conftest import PostNote, introduce
from feeds import store

pytestmark = pytest.mark.django_db

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</span></a></li><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "<svg/onload=alert(1)>",
    "<!--heart-->",
    "--><script>alert(1)</script><!--",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "{note}{count}",
    "&lt;b&gt;&amp;",
    "<b>红叶</b>",
    "javascript:alert(1)",
]


# Words of another language, as we mark them.
RUN = re.compile(r'<span lang="[a-z]+">([^<]*)</span>')


class Reader(HTMLParser):
    """Reads a page as a browser would: which elements and handlers there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.handlers: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, [name for name, _ in attrs]) == ("span", ["lang"]):
            return  # our own mark around words of another language
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


def pages_of(client: Client, ann: User, post_note: PostNote, title: str) -> dict[str, str]:
    """Every page on which this title stands."""
    store.client.flushdb()
    note = post_note(ann, title, "#tea")
    addresses = ("/", "/@ann/", "/topics/tea/", f"/notes/{note.pk}/")
    pages = {address: client.get(address).content.decode() for address in addresses}
    pages["note"] = pages.pop(f"/notes/{note.pk}/")
    note.delete()
    return pages


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_of_a_stranger_change_no_element_of_a_page(
    client: Client, ann: User, post_note: PostNote, attack: str
) -> None:
    before = pages_of(client, ann, post_note, "Harmless")
    name = attack[:40]
    introduce(ann, display_name=name)
    for address, page in pages_of(client, ann, post_note, attack).items():
        after = Reader(page)
        assert escape(attack) in page, address
        assert escape(name) in page, address
        assert (after.tags, after.handlers) == (Reader(before[address]).tags, set()), address


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_text_of_a_note_is_text(
    client: Client, ann: User, post_note: PostNote, attack: str
) -> None:
    note = post_note(ann, "Harmless", attack)
    page = client.get(f"/notes/{note.pk}/").content.decode()
    assert f'<div class="prose">{escape(attack)}</div>' in RUN.sub(r"\1", page)
    assert Reader(page).handlers == set()
