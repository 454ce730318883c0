"""`manage.py messages extract|update|compile|check`: catalogues by Babel, without gettext."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import templatize

from moderation.traditional import traditional

LOCALE, DERIVED = "zh_Hans", "zh_Hant"
HEADER = "# The words of Redleaf in simplified Chinese."
APPS = ("accounts", "moderation", "notes", "feeds", "config")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Command(BaseCommand):
    help = "Extract, update, compile or check the messages of the interface."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["extract", "update", "compile", "check"])

    def handle(self, *args: object, verb: str, **options: object) -> None:
        verbs = {"extract": self.extract, "update": self.update}
        (verbs | {"compile": self.compile, "check": self.complain})[verb]()

    def extract(self) -> None:
        """Write every string of the source to standard output."""
        write_po(sys.stdout.buffer, extracted(), include_lineno=False)

    def update(self) -> None:
        """Bring the catalogue up to date: new strings empty, unused ones gone."""
        new = Catalog(LOCALE, header_comment=HEADER, project="Redleaf", fuzzy=False)
        catalog = stored() if path("po").exists() else new
        source = extracted()
        source.creation_date = catalog.creation_date
        catalog.update(source, no_fuzzy_matching=True, update_header_comment=False)
        with path("po").open("wb") as file:
            write_po(file, catalog, include_lineno=False, ignore_obsolete=True, width=100)
        self.stdout.write(f"{len(catalog)} messages, {len(list(untranslated(catalog)))} to do")

    def compile(self) -> None:
        """Write what Django reads, the traditional catalogue made of the simplified one."""
        for locale, catalog in ((LOCALE, stored()), (DERIVED, derived(stored()))):
            with path("mo", locale).open("wb") as file:
                write_mo(file, catalog)

    def complain(self) -> None:
        """Fail when a string is missing, doubtful, broken or no longer used."""
        catalog, source = stored(), extracted()
        known, used = keys(catalog), keys(source)
        problems = [f"missing: {m}" for m in untranslated(catalog)]
        problems += [f"not in the catalogue: {key}" for key, _ in used - known]
        problems += [f"unused: {key}" for key, _ in known - used]
        problems += [f"broken: {m.id}: {e[0]}" for m, e in catalog.check()]
        if problems:
            raise CommandError("\n".join(["The catalogue is not complete:", *sorted(problems)]))


def path(extension: str, locale: str = LOCALE) -> Path:
    folder = Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"django.{extension}"


def stored() -> Catalog:
    with path("po").open("rb") as file:
        return read_po(file, locale=LOCALE)


def derived(catalog: Catalog) -> Catalog:
    """The same messages in traditional characters."""
    catalog.locale = DERIVED
    for message in catalog:
        said = message.string
        if message.id and said:
            message.string = (
                traditional(said) if isinstance(said, str) else tuple(map(traditional, said))
            )
    return catalog


def keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def untranslated(catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            yield str(message.id)


def extracted() -> Catalog:
    """All strings of Python files and templates."""
    catalog = Catalog(project="Redleaf", charset="utf-8")
    for file in sources():
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # Django writes templates as calls of gettext; indentation means nothing there.
            lines = templatize(text, origin=str(file)).splitlines()
            text = "\n".join(line.lstrip() for line in lines)
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS)
        for line, message, _comments, context in found:
            origin = (file.relative_to(settings.BASE_DIR).as_posix(), line)
            catalog.add(message, locations=[origin], context=context)
    return catalog


def sources() -> Iterator[Path]:
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield file
    for kind in ("*.html", "*.txt"):
        yield from sorted((settings.BASE_DIR / "templates").rglob(kind))
