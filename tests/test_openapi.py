"""The API's document: examples that are true, refusals in one shape, headers named."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from config.examples import EXAMPLES
from config.openapi import PROBLEM


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_has_the_shape_it_stands_for(document: dict[str, Any], name: str) -> None:
    schema = document["components"]["schemas"][name]
    assert schema["examples"] == [EXAMPLES[name]]
    whole = schema | {"components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(EXAMPLES[name])
    assert set(EXAMPLES[name]) <= set(schema["properties"])


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    refusals = [
        (path, status, list(answer["content"]))
        for _, path, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status >= "400"
    ]
    assert len(refusals) > 100
    assert {tuple(types) for _, _, types in refusals} == {(PROBLEM,)}


def test_every_operation_says_how_it_refuses(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        codes = set(operation["responses"])
        assert codes >= {"401", "403", "429", "503"}, path
        assert ("404" in codes) is ("{" in path or "404" in codes)
        keys = [p for p in operation["parameters"] if p["name"] == "Idempotency-Key"]
        assert len(keys) == (method == "post"), path


def test_who_must_wait_is_told_where_to_look(document: dict[str, Any]) -> None:
    for _, _, operation in operations(document):
        assert "Retry-After" in operation["responses"]["429"]["headers"]
