"""Shares with their intervals as SVG, drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, ROW, GAP, LABEL, END = 640, 22, 12, 72, 8
NAMES = {"zh": "中文", "en": "English"}
SHADES = {"zh": "oklch(58% 0.19 25)", "en": "oklch(55% 0.12 240)"}

# Language, share, the ends of its interval.
Share = tuple[str, float, float, float]
Group = tuple[str, Sequence[Share]]


def plot_of_shares(title: str, groups: Sequence[Group]) -> SafeString:
    """A point with whiskers for each share, those of one group together, on one scale from 0."""
    highest = max((high for _, shares in groups for *_, high in shares), default=0.0) or 1.0
    height, lines = ROW, []
    for name, shares in groups:
        height += GAP
        lines.append(format_html('<text x="0" y="{}" font-weight="600">{}</text>', height, name))
        height += ROW
        for share in shares:
            lines.append(_whiskers(share, height, highest))
            height += ROW
    drawn = format_html_join("", "{}", ((line,) for line in lines))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" font-size="13" fill="currentColor">'
        '<text x="{}" y="12">0</text><text x="{}" y="12" text-anchor="end">{} %</text>{}</svg>',
        WIDTH, height, title, LABEL, WIDTH - END, f"{highest * 100:.2f}", drawn,
    )  # fmt: skip


def _whiskers(share: Share, y: int, highest: float) -> SafeString:
    language, middle, low, high = share
    scale = (WIDTH - LABEL - END) / highest
    first, at, last = (LABEL + value * scale for value in (low, middle, high))
    colour = SHADES.get(language, "currentColor")
    return format_html(
        '<g fill="{0}" stroke="{0}"><text x="0" y="{1}" stroke="none">{2}</text>'
        '<path d="M{3} {4}H{5}" stroke-width="2"/><circle cx="{6}" cy="{4}" r="4"/></g>',
        colour, y, NAMES.get(language, language), f"{first:.1f}", y - 5, f"{last:.1f}", f"{at:.1f}",
    )  # fmt: skip
