"""Explore and the page of a note as Lighthouse sees them on a phone, with the notes of the demo.

Lighthouse comes from npm into a cache folder, and drives the Chromium that the browser tests use.
The settings are those of production but for TLS: DEBUG off, static files hashed and compressed
by whitenoise, pages compressed as nginx would.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db.models import Count
from playwright.sync_api import Page, sync_playwright

from benchmarks.server import serving
from feeds.ranking import refresh_common
from launcher import chromium
from notes.models import Note

VERSION = "12.8.2"
ROUNDS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
PHONE = {"width": 390, "height": 844}
MORE_PAGES = 5
LAYOUT_SHIFT = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
# What is read out of a report, what it is counted in, and its bar: at least, or at most.
Read = Callable[[dict[str, Any]], float]


def main() -> None:
    call_command("demo")
    refresh_common()
    shown = Note.objects.visible(AnonymousUser()).annotate(pictures=Count("images"))
    gallery = shown.order_by("-pictures", "pk")[0]
    lighthouse = _lighthouse()
    with serving("benchmarks.compressed:application") as server:
        origin = f"http://127.0.0.1:{server.port}"
        for name, path in (("explore", "/"), ("note", gallery.get_absolute_url())):
            reports = [_report(lighthouse, origin + path) for _ in range(ROUNDS)]
            for line in _lines(name, reports):
                print(line, flush=True)
        print(_while_scrolling(origin), flush=True)


def _lighthouse() -> Path:
    """The program, installed the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "redleaf" / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-fund", "--no-audit", "--no-save", "--loglevel=error")
        npm: list[str | Path] = [
            "npm",
            "install",
            *quiet,
            "--prefix",
            folder,
            f"lighthouse@{VERSION}",
        ]
        subprocess.run(npm, check=True)
    return program


def _report(lighthouse: Path, url: str) -> dict[str, Any]:
    options = ("--quiet", "--output=json", "--form-factor=mobile", f"--chrome-flags={FLAGS}")
    env = {**os.environ, "CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(
        ["node", lighthouse, url, *options], env=env, stdout=subprocess.PIPE, check=True
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _score(name: str, report: dict[str, Any]) -> float:
    return float(report["categories"][name]["score"] * 100)


def _value(name: str, report: dict[str, Any]) -> float:
    return float(report["audits"][name]["numericValue"])


def _kilobytes(ending: str, report: dict[str, Any]) -> float:
    """What all such files weigh as they were sent, those too that are fetched ahead."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    sizes = [each["transferSize"] for each in requests if each["url"].endswith(ending)]
    return float(sum(sizes) / 1000)


FIGURES: tuple[tuple[str, str, Read, float, bool], ...] = (
    ("performance", "", partial(_score, "performance"), 95, True),
    ("accessibility", "", partial(_score, "accessibility"), 100, True),
    ("best practices", "", partial(_score, "best-practices"), 95, True),
    ("SEO", "", partial(_score, "seo"), 95, True),
    ("largest contentful paint", "ms", partial(_value, "largest-contentful-paint"), 1500, False),
    ("cumulative layout shift", "", partial(_value, "cumulative-layout-shift"), 0.02, False),
    ("total blocking time", "ms", partial(_value, "total-blocking-time"), 100, False),
    ("CSS", "kB", partial(_kilobytes, ".css"), 40, False),
    ("JavaScript", "kB", partial(_kilobytes, ".js"), 40, False),
)


def _lines(page: str, reports: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each figure, the median of the rounds; then what Lighthouse would have better."""
    for name, unit, read, bar, at_least in FIGURES:
        values = [read(report) for report in reports]
        median = statistics.median(values)
        met = median >= bar if at_least else median <= bar
        yield (
            f"{page:8} {name:25} {median:8.4g} {unit:3} ({min(values):.4g} to {max(values):.4g})"
            f"  {'at least' if at_least else 'at most'} {bar:g}: {'met' if met else 'MISSED'}"
        )
    for audit in reports[0]["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9:
            yield f"{page:8} - {audit['title']} {audit.get('displayValue', '')}"


def _while_scrolling(origin: str) -> str:
    """The layout shifts of the waterfall while five more pages are loaded."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        page.add_init_script(LAYOUT_SHIFT)
        page.goto(origin)
        loaded = sum(_loads_more(page) for _ in range(MORE_PAGES))
        cards = page.locator(".waterfall > .card").count()
        shift = page.evaluate("window.shifts.reduce((sum, each) => sum + each, 0)")
        browser.close()
    return f"explore  layout shift while {loaded} more pages load ({cards} cards): {shift:.4f}"


def _loads_more(page: Page) -> bool:
    """Scroll as somebody does who only looks; whether the next page came."""
    more = page.locator(".waterfall > .more a")
    if not more.count():
        return False
    address = more.get_attribute("href")
    for _ in range(200):
        if not more.count() or more.get_attribute("href") != address:
            return True
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(60)
    return False
