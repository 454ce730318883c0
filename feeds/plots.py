"""Figures over time as SVG, drawn on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, EDGE = 640, 180, 32
COLOURS = {"zh": "oklch(58% 0.19 25)", "en": "oklch(55% 0.12 240)"}

Line = Sequence[tuple[date, float]]


def plot(title: str, lines: Mapping[str, Line]) -> SafeString:
    """Lines by language over the same days, from 0 to the highest value."""
    days = sorted({day for line in lines.values() for day, _ in line})
    highest = max((value for line in lines.values() for _, value in line), default=0) or 1.0
    drawn = format_html_join("", "{}", ((_line(k, v, days, highest),) for k, v in lines.items()))
    labels = format_html(
        '<text x="0" y="12">{}</text><text x="0" y="{}">0</text><text x="0" y="{}">{}</text>',
        title, HEIGHT - EDGE, EDGE + 4, f"{highest:.2f}",
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


def _line(language: str, line: Line, days: Sequence[date], highest: float) -> SafeString:
    step = (WIDTH - 2 * EDGE) / max(len(days) - 1, 1)
    high = HEIGHT - 2 * EDGE
    points = [
        (EDGE + days.index(day) * step, HEIGHT - EDGE - value / highest * high)
        for day, value in line
    ]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    colour = COLOURS.get(language, "currentColor")
    name = points[-1] if points else (EDGE, EDGE)
    return format_html(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>'
        '<text x="{}" y="{}" fill="{}">{}</text>',
        joined, colour, f"{name[0] + 4:.1f}", f"{name[1]:.1f}", colour, language,
    )  # fmt: skip
