"""Queries of the ORM compiled once: building the SQL costs more than asking the database.

A QuerySet is compiled with markers in the place of what changes; running it again only puts the
new values in. PostgreSQL keeps its plan too: planning a page's query took it ten times as long as
answering. Only for the few queries that every request makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import BigAutoField, Lookup, Model, QuerySet
from psycopg.types.numeric import Int8

# No row has such a key, and no query says it by itself.
FIRST_MARKER = -8_000_000_000_000_000_001
Row = TypeVar("Row", bound=Model)


def marker(position: int) -> int:
    """Stands for the argument at this position while a query is compiled."""
    return FIRST_MARKER - position


def array(ids: Iterable[int]) -> str:
    """As the driver would write it, for a tenth of the time."""
    return "{" + ",".join(map(str, map(int, ids))) + "}"


@BigAutoField.register_lookup
class Among(Lookup):
    """`id = ANY(array)`: one parameter, however many ids, as PostgreSQL writes arrays."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*parameters, array(self.rhs))


@cache
def fields_of(model: type[Model]) -> list[str]:
    """All fields of a row, as `values_list` is asked for them and `from_row` takes them."""
    return [field.attname for field in model._meta.concrete_fields]


def from_row(model: type[Row], row: Sequence[Any]) -> Row:
    """An object of the values of all its fields."""
    return model.from_db("default", fields_of(model), row)


class Prepared:
    """Runs a QuerySet of values with other arguments; compiled when it is first needed."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]] | None = None) -> None:
        self.build = build
        self.sql = ""
        self.slots: list[tuple[int | None, Any]] = []

    @classmethod
    def of_sql(cls, sql: str, arguments: int) -> Prepared:
        """What the ORM cannot say, with its arguments in their order."""
        made = cls()
        made.sql, made.slots = sql, [(position, None) for position in range(arguments)]
        return made

    def rows(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """Return the rows as tuples; argument n, or a list of ids, takes the place of marker(n)."""
        if self.build and not self.sql:
            self._compile(self.build())
        given = [_given(each) for each in arguments]
        parameters = [
            constant if position is None else given[position] for position, constant in self.slots
        ]
        with _cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _compile(self, query: QuerySet[Any, Any]) -> None:
        sql, parameters = query.query.get_compiler(connection=connection).as_sql()
        self.slots = [_slot(parameter) for parameter in parameters]
        self.sql = sql


def _cursor() -> CursorWrapper:
    """One of Django's, whose statements PostgreSQL plans once for each connection."""
    connection.ensure_connection()
    kind: Any = ServerBindingCursor  # of which the stubs know little
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return make(kind(connection.connection))


def _given(argument: Any) -> Any:
    """Numbers are of one type whatever their size, or each size would be planned anew."""
    if isinstance(argument, list):
        return array(argument)
    return Int8(argument) if isinstance(argument, int) else argument


def _slot(parameter: Any) -> tuple[int | None, Any]:
    """(position of the argument, None) for a marker, else (None, the constant)."""
    value = str(parameter).strip("{}")
    if value.startswith("-8000") and int(value) <= FIRST_MARKER:
        return FIRST_MARKER - int(value), None
    return None, parameter.value if isinstance(parameter, Enum) else parameter
