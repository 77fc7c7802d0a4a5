"""Help for tests on the database."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

# A trigger of this name guards what is only ever added to.
_GUARDS = {
    "sqlite": """
        SELECT name, tbl_name, sql FROM sqlite_master
        WHERE type = 'trigger' AND name LIKE '%\\_no\\_delete' ESCAPE '\\'""",
    "postgresql": """
        SELECT tgname, tgrelid::regclass::text, NULL FROM pg_trigger
        WHERE NOT tgisinternal AND tgname LIKE '%\\_no\\_truncate'""",
}


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    """Undo what the block writes: for each example of a property, which all share one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextlib.contextmanager
def flushing_past_guards() -> Iterator[None]:
    """Let Django empty the tables after a test with real transactions, though facts are kept.

    Django knows no way but to delete; so the guards step aside for that one transaction.
    """
    operations = connection.ops
    flush: Callable[[Sequence[str]], None] = operations.execute_sql_flush

    def past_guards(statements: Sequence[str]) -> None:
        aside, back = _guards()
        flush([*aside, *statements, *back])

    operations.execute_sql_flush = past_guards  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        operations.execute_sql_flush = flush  # type: ignore[method-assign, assignment]


def _guards() -> tuple[list[str], list[str]]:
    """Return the statements that lift the guards, and those that put them back."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS[connection.vendor])
        found: list[tuple[str, str, Any]] = cursor.fetchall()
    if connection.vendor == "sqlite":
        return [f'DROP TRIGGER "{name}"' for name, _, _ in found], [sql for _, _, sql in found]
    lift = [f'ALTER TABLE {table} DISABLE TRIGGER "{name}"' for name, table, _ in found]
    return lift, [statement.replace(" DISABLE ", " ENABLE ", 1) for statement in lift]
