"""Tasks, settings and messages: what the worker consumes, and what is refused before a start."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from config.celery import app
from config.management.commands import messages
from feeds.management.commands.learn import LESSONS
from launcher.datadir import ROOT
from launcher.run import QUEUES

OURS = ("accounts.", "moderation.", "notes.", "feeds.")


def our_tasks() -> list[str]:
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if name.startswith(OURS))


def test_everything_on_the_timetable_is_a_task_that_exists() -> None:
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert asked - set(our_tasks()) == set()
    assert asked >= {"feeds.deliver", "moderation.sweep", "notes.sweep"}


PREPARED = """
import django
django.setup()
from config.celery import app, share_memory
from moderation.classifier import load_classifier
for queue in ("media", "moderation"):
    app.amqp.queues.select([queue])
    share_memory()
    print(load_classifier.cache_info().currsize)
"""


def test_a_worker_that_judges_is_prepared_before_it_divides() -> None:
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="config.settings")
    command = [sys.executable, "-c", PREPARED]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


def test_every_task_goes_to_the_queue_of_its_app_and_the_worker_empties_it() -> None:
    queue_of = {"accounts": "mail", "feeds": "feeds", "moderation": "moderation", "notes": "media"}
    slow_or_quick = {  # what would wait behind pictures, or make feeds wait
        "notes.settle": "feeds",
        "notes.sweep_translations": "mail",
        "notes.translate": "mail",
        "feeds.digest": "mail",
        "feeds.export": "mail",
        "feeds.sweep_exports": "mail",
    }
    routed = {name: app.amqp.router.route({}, name)["queue"].name for name in our_tasks()}
    assert routed == {name: queue_of[name.split(".")[0]] for name in our_tasks()} | slow_or_quick
    assert {app.conf.task_default_queue, *routed.values()} == set(QUEUES.split(","))


def test_each_lesson_has_its_time_and_the_command_knows_it() -> None:
    entries = app.conf.beat_schedule.values()
    taught = {entry["args"][0] for entry in entries if entry["task"] == "feeds.learn"}
    assert taught == set(LESSONS) == {"tastes", "sides", "replay"}
    replayed = app.conf.beat_schedule["replay nights"]["schedule"]
    assert (replayed.hour, len(replayed.minute)) == ({2}, 1)  # once, when the day before is whole


def test_what_comes_every_few_seconds_expires_before_it_piles_up() -> None:
    often = {
        name: entry["options"]["expires"]
        for name, entry in app.conf.beat_schedule.items()
        if isinstance(entry["schedule"], float)
    }
    assert sorted(often) == [
        "deliver published notes", "end sanctions at their time", "index what is new",
        "index what was missed",
        "judge new names and bios", "judge what waited",
        "make avatars and send letters that waited",
        "make exports that waited", "rank explore", "rank homes", "render what waited",
        "send and show what is due", "tend pools", "translate what rises", "translate what waited",
        "write down what was met",
    ]  # fmt: skip
    for name, expires in often.items():
        assert app.conf.beat_schedule[name]["schedule"] < expires <= 120


def settings_with(**changed: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that reads one setting after another environment."""
    code = (
        "from django.conf import settings as s;"
        "s.SECRET_KEY;"
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.ORIGIN)"
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | changed
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("REDLEAF_ORIGIN", "redleaf.example", "REDLEAF_ORIGIN must be an address"),
        ("REDLEAF_ORIGIN", "ftp://redleaf.example", "REDLEAF_ORIGIN must be an address"),
        ("REDLEAF_PORT", "eight", "invalid literal for int()"),
        ("REDLEAF_PROXIES", "one", "invalid literal for int()"),
        ("SECRET_KEY", "", "The SECRET_KEY setting must not be empty."),
    ],
)
def test_a_wrong_value_fails_at_once_and_names_itself(
    name: str, value: str, complaint: str
) -> None:
    refused = settings_with(**{name: value})
    assert (refused.returncode, refused.stdout) == (1, "")
    assert complaint in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("insecure", "told"),
    [
        ("0", "True __Host-sessionid True https://redleaf.example"),
        ("1", "False sessionid False https://redleaf.example"),
    ],
)
def test_only_ones_own_machine_goes_without_tls(insecure: str, told: str) -> None:
    read = settings_with(
        REDLEAF_INSECURE_HTTP=insecure, REDLEAF_ORIGIN="https://redleaf.example", DEBUG="0"
    )
    assert (read.returncode, read.stdout.strip(), read.stderr) == (0, told, "")


@pytest.fixture
def locale(settings: LazySettings, tmp_path: Path) -> Path:
    """Catalogues of a house with the sources of `accounts` alone; the real ones are left alone."""
    for folder in ("accounts", "templates/accounts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    return messages.path("po")


def change(po: Path, *, translate: bool = False, drop: str = "", add: str = "") -> Catalog:
    with po.open("rb") as file:
        catalog = read_po(file, locale=messages.LOCALE)
    for message in list(catalog):
        if translate and message.id:
            many = isinstance(message.id, (list, tuple))
            message.string = (message.id[0],) if many else message.id
    if drop:
        catalog.delete(drop)
    if add:
        catalog.add(add, "多余")
    with po.open("wb") as file:
        write_po(file, catalog)
    return catalog


def complaints(po: Path) -> list[str]:
    try:
        call_command("messages", "check")
    except CommandError as error:
        return str(error).splitlines()[1:]
    return []


def test_a_new_catalogue_holds_every_string_and_all_are_to_do(
    locale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("messages", "update")
    count = len(messages.extracted())
    assert capsys.readouterr().out == f"{count} messages, {count} to do\n"
    assert len(complaints(locale)) == count
    change(locale, translate=True)
    assert complaints(locale) == []


def test_an_update_keeps_what_is_translated_and_drops_what_is_unused(locale: Path) -> None:
    call_command("messages", "update", stdout=io.StringIO())
    change(locale, translate=True, drop="Saved.", add="Nobody says this.")
    assert complaints(locale) == ["not in the catalogue: Saved.", "unused: Nobody says this."]
    call_command("messages", "update", stdout=io.StringIO())
    assert complaints(locale) == ["missing: Saved."]


def test_what_is_compiled_is_what_django_reads(locale: Path) -> None:
    call_command("messages", "update", stdout=io.StringIO())
    change(locale, translate=True)
    call_command("messages", "compile")
    assert messages.path("mo").read_bytes()[:4] == b"\xde\x12\x04\x95"
    assert b"Saved.\x00" in messages.path("mo").read_bytes()


def test_the_catalogue_that_is_shipped_is_complete() -> None:
    assert complaints(messages.path("po")) == []
