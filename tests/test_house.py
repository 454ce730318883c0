"""The house itself: small functions, short files, more tests than code, documents that are true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command

from launcher.datadir import ROOT

PACKAGES = ("accounts", "moderation", "notes", "feeds", "config", "launcher")
README = ROOT / "README.md"
DRAWINGS = ROOT / "feeds" / "demo" / "art"
# A word in backquotes that looks like a file or folder of ours.
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:\.(?:md|py|toml|txt|yml|yaml|css|js)|/))`")
LINKED_FILE = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


@cache
def app_files() -> tuple[Path, ...]:
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return tuple(p for p in files if not is_test(p) and "migrations" not in p.parts)


@cache
def files_of_tests() -> tuple[Path, ...]:
    folders = [ROOT / package for package in (*PACKAGES, "tests")]
    files = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    return (ROOT / "conftest.py", *(p for p in files if is_test(p)))


@cache
def lines_of(path: Path) -> int:
    """Lines that are not blank."""
    return sum(1 for line in path.read_text().splitlines() if line.strip())


def functions() -> Iterator[tuple[int, str]]:
    """Length in lines of each function of the app, without its decorators, and where it is."""
    for path in app_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}"


def test_functions_are_short() -> None:
    found = sorted(functions())
    middle, (longest, where) = median(length for length, _ in found), found[-1]
    print(
        f"\n  {len(found)} functions, median {middle:g} lines, longest {longest}: {where}", end=""
    )
    assert middle <= 10
    assert longest <= 60


def test_files_are_short() -> None:
    files = [path for path in (*app_files(), *files_of_tests()) if path.name != "settings.py"]
    found = sorted((len(path.read_text().splitlines()), path) for path in files)
    longest, where = found[-1]
    middle = median(length for length, _ in found)
    print(f"\n  {len(found)} files, median {middle:g} lines, longest {longest}: {where}", end="")
    assert middle <= 100
    assert [str(path) for length, path in found if length > 300] == []


def test_there_is_nearly_a_line_of_test_for_a_line_of_code() -> None:
    """A line for a line is the aim, this a floor. The drawings of the demo are pictures written as
    code; the figure with them is printed."""
    tests, everything = sum(map(lines_of, files_of_tests())), sum(map(lines_of, app_files()))
    app = sum(lines_of(path) for path in app_files() if DRAWINGS not in path.parents)
    print(f"\n  {tests} lines of tests to {app} of code: {tests / app:.2f}", end="")
    print(f"; with the drawings of the demo {tests / everything:.2f}", end="")
    assert tests / app >= 0.7


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_every_module_says_what_it_is_for(package: str) -> None:
    files = [p for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts]
    silent = [str(p) for p in files if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


@pytest.mark.django_db
def test_the_api_documents_itself_without_a_warning(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(document))
    assert document.read_text().startswith("openapi: 3.1")


@pytest.mark.skipif(not README.exists(), reason="there is no README yet")
def test_what_the_readme_names_exists() -> None:
    text = README.read_text()
    named = {*NAMED_FILE.findall(text), *LINKED_FILE.findall(text)}
    assert named != set()
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
