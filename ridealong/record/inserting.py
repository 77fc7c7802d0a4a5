"""Adding many rows at once, by each engine's own way: several times Django's ``bulk_create``.

``bench/`` has both; it matters for the first load of a company's history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows of values, in the order of ``columns`` (attribute names), to a model's table.

    The caller's transaction holds it; what a constraint refuses raises ``IntegrityError``.
    """
    forms = _forms(model, tuple(columns), connection.vendor)
    values = (
        [v if v is None or form is None else form(v) for v, form in zip(row, forms, strict=True)]
        for row in rows
    )
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(_column(model, name)) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608  our own names
                values,  # type: ignore[arg-type]  # sqlite3 takes a generator, so that memory is bounded
            )


def _column(model: type[models.Model], name: str) -> str:
    return next(f.column or "" for f in model._meta.concrete_fields if f.attname == name)


@cache
def _forms(
    model: type[models.Model], columns: tuple[str, ...], vendor: str
) -> list[Callable[[Any], Any] | None]:
    """Return what makes a column's values what the engine stores; None where they are it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [_form(fields[name], vendor) for name in columns]


def _form(field: models.Field[Any, Any], vendor: str) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return _json
    if vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return _moment
    if vendor == "sqlite" and isinstance(field, models.DateField):
        return date.isoformat
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(value: datetime) -> str:
    """The text that Django keeps and compares moments by on SQLite."""
    return str(value.astimezone(UTC).replace(tzinfo=None))
