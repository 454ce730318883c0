"""`manage.py messages`: what it finds in the source, and what it refuses to call complete."""

from __future__ import annotations

import gettext
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from config.management.commands import messages

Keep = Callable[[Catalog], None]
SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Tea")
ngettext("%(n)d leaf", "%(n)d leaves", 2)
pgettext_lazy("a drink", "Tea")
print("not a message")
_(f"nor {this}")
"""
PAGE = """{% load i18n %}
  <p>{% translate "Rain" %}</p>
  {% blocktranslate trimmed %}
    By the
    lake{% endblocktranslate %}"""


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house with one module, one page and an empty catalogue."""
    for folder in ("notes", "notes/tests", "notes/migrations", "templates", "locale"):
        (tmp_path / folder).mkdir()
    (tmp_path / "notes" / "views.py").write_text(SOURCE)
    (tmp_path / "notes" / "tests" / "test_views.py").write_text('_("Only a test says this")')
    (tmp_path / "notes" / "migrations" / "0001.py").write_text('_("Only a migration says this")')
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setattr(messages, "APPS", ("notes",))
    return tmp_path


@pytest.fixture
def keep(home: Path) -> Keep:
    def write(catalog: Catalog) -> None:
        with messages.path("po").open("wb") as file:
            write_po(file, catalog)

    return write


def translated() -> Catalog:
    """Everything that the small house says, in Chinese."""
    catalog = Catalog("zh_Hans")
    catalog.add("Tea", "茶")
    catalog.add(("%(n)d leaf", "%(n)d leaves"), ("%(n)d 片红叶",))
    catalog.add("Tea", "茶水", context="a drink")
    catalog.add("Rain", "雨")
    catalog.add("By the lake", "湖边")
    return catalog


def complaint() -> list[str]:
    with pytest.raises(CommandError) as refused:
        call_command("messages", "check")
    return str(refused.value).splitlines()[1:]


@pytest.mark.parametrize("arguments", [[], ["translate"], ["check", "now"], ["CHECK"]])
def test_a_verb_that_there_is_not_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("messages", *arguments)


def test_what_is_said_to_people_is_found_and_nothing_else(home: Path) -> None:
    assert messages.keys(messages.extracted()) == {
        ("Tea", None),
        (("%(n)d leaf", "%(n)d leaves"), None),
        ("Tea", "a drink"),
        ("Rain", None),
        ("By the lake", None),
    }


def test_what_is_extracted_is_a_catalogue(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    call_command("messages", "extract")
    out.buffer.seek(0)
    catalog = read_po(out.buffer)
    assert {message.id for message in catalog if message.id} >= {"Tea", "Rain"}


def test_a_catalogue_that_says_everything_is_complete(keep: Keep) -> None:
    keep(translated())
    call_command("messages", "check")


def test_what_is_missing_is_named(keep: Keep) -> None:
    catalog = translated()
    catalog.delete("Rain")
    catalog["Tea"].string = ""
    keep(catalog)
    assert complaint() == ["missing: Tea", "not in the catalogue: Rain"]


def test_what_nobody_says_any_longer_is_named(keep: Keep) -> None:
    catalog = translated()
    catalog.add("Snow", "雪")
    keep(catalog)
    assert complaint() == ["unused: Snow"]


def test_a_guess_is_no_translation(keep: Keep) -> None:
    catalog = translated()
    catalog.add("Rain", "雨", flags=["fuzzy"])
    keep(catalog)
    assert complaint() == ["missing: Rain"]


def test_a_translation_that_loses_its_number_is_broken(keep: Keep) -> None:
    catalog = translated()
    catalog.delete(("%(n)d leaf", "%(n)d leaves"))
    catalog.add(("%(n)d leaf", "%(n)d leaves"), ("%(m)d 片",), flags=["python-format"])
    keep(catalog)
    (only,) = complaint()
    assert only.startswith("broken: ('%(n)d leaf'")


def test_an_update_adds_what_is_new_drops_what_is_old_and_keeps_the_rest(
    keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = translated()
    catalog.delete("Rain")
    catalog.add("Snow", "雪")
    keep(catalog)
    call_command("messages", "update")
    assert capsys.readouterr().out == "5 messages, 1 to do\n"
    after = messages.stored()
    said = {message.id: message.string for message in after if message.id and not message.context}
    assert said == {
        "Tea": "茶",
        ("%(n)d leaf", "%(n)d leaves"): ("%(n)d 片红叶",),
        "Rain": "",
        "By the lake": "湖边",
    }
    assert complaint() == ["missing: Rain"]


def test_updating_twice_is_updating_once(keep: Keep) -> None:
    keep(translated())
    call_command("messages", "update")
    first = messages.path("po").read_bytes()
    call_command("messages", "update")
    assert messages.path("po").read_bytes() == first


def test_a_first_catalogue_is_made_of_nothing(home: Path) -> None:
    call_command("messages", "update")
    assert len(list(messages.untranslated(messages.stored()))) == 5


def test_both_scripts_are_compiled_of_one_catalogue(keep: Keep) -> None:
    catalog = translated()
    catalog["Rain"].string = "头发和面条"
    keep(catalog)
    call_command("messages", "compile")
    said = {}
    for locale in ("zh_Hans", "zh_Hant"):
        with messages.path("mo", locale).open("rb") as file:
            said[locale] = gettext.GNUTranslations(file)
    assert said["zh_Hans"].gettext("Rain") == "头发和面条"
    assert said["zh_Hant"].gettext("Rain") == "頭髮和麵條"
    assert said["zh_Hant"].ngettext("%(n)d leaf", "%(n)d leaves", 2) == "%(n)d 片紅葉"
    assert said["zh_Hant"].pgettext("a drink", "Tea") == "茶水"
