"""Facts may be masked: what they said is gone, and nothing else of them is changed."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("id", "source_id", "external_id", "subject_id", "at", "recorded_at", "digest")

MASK = '{"masked": true}'

DO = {
    "sqlite": [
        "DROP TRIGGER record_fact_no_update",
        f"""CREATE TRIGGER record_fact_no_update BEFORE UPDATE ON record_fact
        WHEN NOT (new.changes = '{MASK}' AND new.was IS NULL
            AND {" AND ".join(f"new.{name} IS old.{name}" for name in KEPT)})
        BEGIN SELECT RAISE(ABORT, 'facts are only ever added'); END""",
    ],
    "postgresql": [
        "DROP TRIGGER record_fact_no_update ON record_fact",
        f"""CREATE TRIGGER record_fact_no_update BEFORE UPDATE ON record_fact FOR EACH ROW
        WHEN (NOT (new.changes = '{MASK}'::jsonb AND new.was IS NULL
            AND ({", ".join(f"new.{name}" for name in KEPT)})
                IS NOT DISTINCT FROM ({", ".join(f"old.{name}" for name in KEPT)})))
        EXECUTE FUNCTION record_fact_refuse()""",
    ],
}
UNDO = {
    "sqlite": [
        "DROP TRIGGER record_fact_no_update",
        """CREATE TRIGGER record_fact_no_update BEFORE UPDATE ON record_fact
        BEGIN SELECT RAISE(ABORT, 'facts are only ever added'); END""",
    ],
    "postgresql": [
        "DROP TRIGGER record_fact_no_update ON record_fact",
        """CREATE TRIGGER record_fact_no_update BEFORE UPDATE ON record_fact
        FOR EACH STATEMENT EXECUTE FUNCTION record_fact_refuse()""",
    ],
}


def _run(statements: dict[str, list[str]], editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement)


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let a fact be emptied."""
    _run(DO, editor)


def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let nothing of a fact be changed."""
    _run(UNDO, editor)


class Migration(migrations.Migration):
    """A narrower guard."""

    dependencies: ClassVar = [("record", "0004_placing")]
    operations: ClassVar = [migrations.RunPython(forwards, backwards)]
