"""Styles and scripts of every page: none is forgotten, and two files carry them."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from accounts.bundles import INLINE, PARTS, BundledStorage

STATIC = Path(__file__).parents[2] / "static"
TEMPLATES = Path(__file__).parents[2] / "templates"
SETTINGS = Path(__file__).parents[2] / "config/settings.py"


def test_every_style_and_script_is_sent_somewhere() -> None:
    named = [*TEMPLATES.rglob("*.html"), SETTINGS]  # the desk's own are named in the settings
    pages = "".join(path.read_text() for path in named)
    bundled = {name for parts in PARTS.values() for name in parts}
    bundled |= {f"js/{name}.js" for name in INLINE}
    for path in [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]:
        name = path.relative_to(STATIC).as_posix()
        assert name in bundled or f'"{name}"' in pages, name


def test_a_page_asks_for_the_two_joined_files(client: Client) -> None:
    page = client.get("/rules/").text
    assert page.count('rel="stylesheet"') == 1
    assert "css/redleaf.css" in page
    assert "js/redleaf.js" in page


def test_the_policy_allows_the_scripts_in_a_page_and_no_other(client: Client) -> None:
    answer = client.get("/rules/")
    scripts = re.findall(r"(?s)<script(?![^>]*src)[^>]*>(.*?)</script>", answer.text)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    policy = answer.headers["Content-Security-Policy"]
    assert len(scripts) == len(INLINE)
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert not any(line.lstrip().startswith("//") for s in scripts for line in s.splitlines())


def test_joining_keeps_the_order_of_styles_and_the_names_of_scripts(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": f"{BundledStorage.__module__}.{BundledStorage.__name__}"}
    }
    call_command("collectstatic", "--noinput", "--verbosity=0")
    styles = (tmp_path / "css/redleaf.css").read_text()
    assert styles.startswith("@layer tokens, base")
    scripts = (tmp_path / "js/redleaf.js").read_text()
    assert scripts.startswith("{\n")
    assert scripts.count("\n{\n") == len(PARTS["js/redleaf.js"]) - 1
    assert list(tmp_path.glob("css/redleaf.*.css"))


@pytest.mark.parametrize("bundle", PARTS)
def test_every_part_is_there(bundle: str) -> None:
    assert [name for name in PARTS[bundle] if not (STATIC / name).is_file()] == []
