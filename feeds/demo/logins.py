"""Whom to log in as."""

from __future__ import annotations

from django.conf import settings

from feeds.demo import content

ROLES = (
    (content.AUTHOR, "writes notes in Chinese", "/"),
    (content.READER, "reads in English", "/"),
    (content.MODERATOR, "moderates, at the desk", "/admin/"),
)


def login_table() -> str:
    """A table of the accounts to try, and the password they share."""
    rows = [
        (handle, content.PASSWORD, does, f"{settings.ORIGIN}{path}") for handle, does, path in ROLES
    ]
    rows.insert(0, ("Log in as", "password", "who", "at"))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
