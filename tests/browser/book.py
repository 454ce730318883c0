"""bin/screenshots [ADDRESS] [--folder F] [--pages NAME ...] [--axe]: a book of the demo's pages.

Every page on a phone, a tablet and a desk, by day and by night, in both languages; `index.html`
in the folder shows them all. Redleaf must be running with its demo. With --axe each page is looked
over for barriers of any weight.
"""

from __future__ import annotations

import argparse
import html
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from feeds.demo.content import AUTHOR, MODERATOR, PASSWORD, READER
from launcher import chromium
from launcher.datadir import default
from tests.browser.conftest import ARGUMENTS, AT_ONCE
from tests.browser.eyes import DESK, PHONE, RULES
from tests.browser.pages import FOR_ALL, FOR_ONESELF, FOR_STAFF

TABLET: ViewportSize = {"width": 820, "height": 1180}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "zh-hans")
READERS = (("", FOR_ALL), (READER, FOR_ONESELF), (MODERATOR, FOR_STAFF))
PATIENCE = 120_000  # milliseconds
TALLEST = 2400  # pixels: a waterfall has no end


class Shot(NamedTuple):
    """A picture's file, and what axe found on the page."""

    file: str
    barriers: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/screenshots", description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--folder", type=Path, default=default() / "screenshots")
    parser.add_argument("--pages", nargs="*", default=[], metavar="NAME", help="all if none")
    parser.add_argument("--axe", action="store_true", help="look for barriers as well")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        book = [*shots(browser, asked.address, asked.folder, set(asked.pages), axe=asked.axe)]
    (asked.folder / "index.html").write_text(contents(book), encoding="utf-8")
    faults = [f"{shot.file}: {barrier}" for shot in book for barrier in shot.barriers]
    print(*faults, f"{len(book)} pictures in {asked.folder}, {len(faults)} barriers", sep="\n")


def shots(
    browser: Browser, address: str, folder: Path, only: set[str], *, axe: bool
) -> Iterator[Shot]:
    """Make every picture: a visitor's, a reader's, a moderator's."""
    for handle, pages in READERS:
        context = browser.new_context(base_url=address, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(AT_ONCE)
        page = context.new_page()
        if handle:
            log_in(page, handle)
        names = what_there_is(context, READER if handle == READER else AUTHOR)
        for name, path in pages.items():
            if not only or name in only:
                title = f"{handle or 'anybody'} {name}".replace(" ", "-")
                yield from looks(page, address, path.format(**names), folder / title, axe=axe)
        context.close()


def what_there_is(context: BrowserContext, author: str) -> dict[str, object]:
    """Somebody to look at, a note with many pictures and one of this author, a topic, a board."""
    notes = context.request.get("/api/v1/feeds/explore/?limit=50").json()["results"]
    gallery = max(notes, key=lambda note: (note["language"] == "en", len(note["images"])))
    tea = context.request.get(f"/api/v1/users/{author}/notes/").json()["results"][0]
    topic = next(note["topics"][0] for note in notes if note["topics"])
    boards = context.request.get("/api/v1/boards/").json().get("results", [])
    people = {"ann": gallery["author"]["username"], "mei": READER}
    board = next((board["id"] for board in boards if board["note_count"]), 0)
    return {"gallery": gallery["id"], "tea": tea["id"], "topic": topic, "board": board} | people


def log_in(page: Page, handle: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", handle)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def looks(page: Page, address: str, path: str, title: Path, *, axe: bool) -> Iterator[Shot]:
    """One page in every language, width and theme."""
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "language", "value": language, "url": address}])
        page.goto(path)
        for size, theme in product((PHONE, TABLET, DESK), THEMES):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            file = title.with_name(f"{title.name}-{language}-{size['width']}-{theme}.jpg")
            height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            page.screenshot(
                path=file, type="jpeg", quality=75, full_page=True,
                clip={"x": 0, "y": 0, "width": size["width"], "height": height},
            )  # fmt: skip
            # What a bar covers can be scrolled from under it: in so tall a window nothing is.
            page.set_viewport_size({"width": size["width"], "height": height})
            yield Shot(file.name, barriers(page) if axe else [])


def barriers(page: Page) -> list[str]:
    """What axe found, of any weight."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def contents(book: list[Shot]) -> str:
    """A page with all pictures, small."""
    figures = (
        f'<figure><a href="{html.escape(shot.file)}"><img loading="lazy" alt="" height="320"'
        f' src="{html.escape(shot.file)}"></a><figcaption>{html.escape(shot.file)}</figcaption>'
        "</figure>"
        for shot in book
    )
    style = "<style>body{display:flex;flex-wrap:wrap;font:12px sans-serif}</style>"
    return f'<!doctype html><meta charset="utf-8"><title>Redleaf</title>{style}{"".join(figures)}'


if __name__ == "__main__":
    main()
