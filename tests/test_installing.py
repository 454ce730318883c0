"""The app that can be installed: its manifest, its worker, its offline page."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import User


def test_the_manifest_speaks_the_readers_language(client: Client) -> None:
    english = client.get("/manifest.webmanifest")
    assert english["Content-Type"] == "application/manifest+json"
    assert english.json()["name"] == "Redleaf 红叶"
    assert english.json()["shortcuts"] == [{"name": "Publish", "url": "/publish/"}]
    client.cookies["language"] = "zh-hans"
    chinese = client.get("/manifest.webmanifest").json()
    assert (chinese["lang"], chinese["shortcuts"][0]["name"]) == ("zh-hans", "发布")


def test_every_icon_of_the_manifest_is_there(client: Client) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client: Client) -> None:
    worker = client.get("/worker.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker["Cache-Control"] == "no-cache"
    assert '"/offline/"' in worker.text
    assert "&quot;" not in worker.text
    assert "&#" not in worker.text


def test_the_offline_page_knows_nobody(client: Client, ann: User) -> None:
    client.force_login(ann)
    page = client.get("/offline/").text
    assert "No connection" in page
    assert "网络断开了" in page
    assert "/@ann/" not in page


def test_shared_words_begin_a_note(client: Client, ann: User) -> None:
    client.force_login(ann)
    shared = {"title": "A walk", "text": "Along the river", "url": "https://example.org/walk"}
    page = client.get("/publish/", shared).text
    assert 'value="A walk"' in page
    assert "Along the river\nhttps://example.org/walk" in page
