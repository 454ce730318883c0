"""The styles and scripts of every page, one file for each component, and how they are sent.

A page that asks for thirty small files waits for them; collectstatic joins them into one of each.
There is no other build step: in DEBUG the files themselves are sent.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES = (
    "tokens", "base", "shell", "tools", "dock", "form", "waterfall", "card", "carousel", "note",
    "reach", "comment", "translation", "term", "exchange", "layer", "people", "settings", "page",
    "compose", "feed", "picture", "board", "search", "waiting", "forced",
)  # fmt: skip
SCRIPTS = (
    "theme-switch", "focus", "failure", "carousel", "share", "term", "layer", "shortcuts",
    "install", "combobox", "optimistic", "tap", "resume",
)  # fmt: skip
# What the first paint or the first key waits for stands in the page: no request comes before it.
INLINE = ("theme", "wanted", "keys", "waterfall", "travel")
PARTS = {
    "css/redleaf.css": tuple(f"css/{name}.css" for name in STYLES),
    "js/redleaf.js": tuple(f"js/{name}.js" for name in SCRIPTS),
}


def sent(bundle: str, *, joined: bool) -> tuple[str, ...]:
    """The files that a page asks for: the bundle, or its parts."""
    return (bundle,) if joined else PARTS[bundle]


@cache
def inline(name: str) -> str:
    """A script as it stands in a page: without comments and indents."""
    script = (settings.BASE_DIR / "static" / "js" / f"{name}.js").read_text(encoding="utf-8")
    return re.sub(r"^[ \t]*(//.*)?\n?", "", script, flags=re.MULTILINE)


def allowed_inline() -> list[str]:
    """What the policy of content allows besides files of ours: these scripts to the letter."""
    digests = [hashlib.sha256(inline(name).encode()).digest() for name in INLINE]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Joins the parts before everything gets its name from its content."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool]]:
        for bundle, parts in PARTS.items():
            if not dry_run and paths.keys() >= set(parts):
                self.delete(bundle)
                self.save(bundle, ContentFile(self._joined(parts)))
                paths[bundle] = (self, bundle)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, parts: tuple[str, ...]) -> bytes:
        return b"\n".join(self._wrapped(name) for name in parts)

    def _wrapped(self, name: str) -> bytes:
        with self.open(name) as file:
            content: bytes = file.read()
        # In a block of its own a script keeps its names to itself, as in a module.
        return b"{\n" + content + b"}" if name.endswith(".js") else content
