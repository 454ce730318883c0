"""Figures over time as SVG, drawn on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, EDGE = 640, 180, 32
# Of the lines in their order.
COLOURS = ("oklch(58% 0.19 25)", "oklch(55% 0.12 240)", "oklch(56% 0.12 150)")

Line = Sequence[tuple[date, float]]


def plot(title: str, lines: Mapping[str, Line]) -> SafeString:
    """Lines by their names over the same days, from 0 to the highest value."""
    days = sorted({day for line in lines.values() for day, _ in line})
    highest = max((value for line in lines.values() for _, value in line), default=0) or 1.0
    coloured = list(zip(cycle(COLOURS), lines.items(), strict=False))
    drawn = format_html_join(
        "", '<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>',
        ((_points(line, days, highest), colour) for colour, (_, line) in coloured),
    )  # fmt: skip
    legend = format_html_join(
        " · ", '<tspan fill="{}">{}</tspan>', ((colour, name) for colour, (name, _) in coloured)
    )
    labels = format_html(
        '<text x="0" y="12">{}</text><text x="{}" y="12" text-anchor="end">{}</text>'
        '<text x="0" y="{}">0</text><text x="0" y="{}">{}</text>',
        title, WIDTH, legend, HEIGHT - EDGE, EDGE + 4, f"{highest:.2f}",
    )  # fmt: skip
    ends = format_html(
        '<text x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
        EDGE, HEIGHT - 8, min(days, default=""), WIDTH - EDGE, HEIGHT - 8, max(days, default=""),
    )  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" font-size="11" fill="currentColor">'
        "{}{}{}</svg>",
        WIDTH, HEIGHT, title, labels, ends, drawn,
    )  # fmt: skip


def _points(line: Line, days: Sequence[date], highest: float) -> str:
    step = (WIDTH - 2 * EDGE) / max(len(days) - 1, 1)
    high = HEIGHT - 2 * EDGE
    return " ".join(
        f"{EDGE + days.index(day) * step:.1f},{HEIGHT - EDGE - value / highest * high:.1f}"
        for day, value in line
    )
