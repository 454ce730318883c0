"""What narrows a list is understood or refused by its name: never silently left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.models import User
from notes.actions import create_board, submit_comment
from notes.tests.rows import note_of

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db

WRONG = {"cursor": "nonsense", "integer": "x", "enum": "planet"}


def parameters() -> list[tuple[str, str, str]]:
    """(path, name, kind) of all that the document lets one ask for but texts."""
    document: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        (path, each["name"], kind)
        for path, item in document["paths"].items()
        for each in item.get("get", {}).get("parameters", [])
        if each["in"] == "query" and (kind := kind_of(each)) in WRONG
    ]


def kind_of(parameter: dict[str, Any]) -> str:
    if parameter["name"] == "cursor":
        return "cursor"
    return "enum" if "enum" in parameter["schema"] else str(parameter["schema"]["type"])


def test_what_is_no_value_of_a_parameter_is_refused_by_its_name(api: Api, ann: User) -> None:
    note = note_of(ann, "Tea")
    ids = {"notes": note.pk, "comments": submit_comment(ann, note, "Lovely").pk}
    ids["boards"] = create_board(ann, "Walks").pk
    client, asked = api(ann), parameters()
    answers = {}
    for path, name, kind in asked:
        where = path.format(username="ann", id=ids.get(path.split("/")[3]))
        answers[path, name] = client.get(where, {name: WRONG[kind]})
    assert len(asked) > 60
    taken = {about: a.status_code for about, a in answers.items() if a.status_code != 400}
    assert taken == {}
    for (_, name), answer in answers.items():
        assert [error["field"] for error in answer.json()["errors"]] == [name]


@pytest.mark.parametrize("parent", ["", "x", "-1", "1.5", "1e3", "٣", "\0", "9" * 40, "true"])
def test_a_parent_is_the_id_of_a_comment(api: Api, ann: User, parent: str) -> None:
    note = note_of(ann, "Tea")
    refused = api().get(f"/api/v1/notes/{note.pk}/comments/", {"parent": parent})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["parent"]
