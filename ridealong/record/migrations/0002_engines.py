"""What each engine does in its own words: facts that cannot be changed, and the word index."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    *(
        f"""CREATE TRIGGER record_fact_no_{verb.lower()} BEFORE {verb} ON record_fact
        BEGIN SELECT RAISE(ABORT, 'facts are only ever added'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE VIRTUAL TABLE record_search_words USING fts5(
        words, content='record_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')""",
    """CREATE TRIGGER record_search_added AFTER INSERT ON record_searchentry BEGIN
        INSERT INTO record_search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER record_search_gone AFTER DELETE ON record_searchentry BEGIN
        INSERT INTO record_search_words(record_search_words, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER record_search_changed AFTER UPDATE ON record_searchentry BEGIN
        INSERT INTO record_search_words(record_search_words, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO record_search_words(rowid, words) VALUES (new.id, new.words); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION record_fact_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'facts are only ever added'; END $$""",
    *(
        f"""CREATE TRIGGER record_fact_no_{verb.lower()} BEFORE {verb} ON record_fact
        FOR EACH STATEMENT EXECUTE FUNCTION record_fact_refuse()"""
        for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ),
    """CREATE INDEX record_search_words ON record_searchentry
        USING gin (to_tsvector('simple', words))""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER record_search_changed",
        "DROP TRIGGER record_search_gone",
        "DROP TRIGGER record_search_added",
        "DROP TABLE record_search_words",
        "DROP TRIGGER record_fact_no_delete",
        "DROP TRIGGER record_fact_no_update",
    ],
    "postgresql": [
        "DROP INDEX record_search_words",
        "DROP FUNCTION record_fact_refuse() CASCADE",
    ],
}
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def _run(statements: dict[str, list[str]], editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement)


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make triggers and index."""
    _run(DO, editor)


def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    _run(UNDO, editor)


class Migration(migrations.Migration):
    """Append-only facts and search, on both engines."""

    dependencies: ClassVar = [("record", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forwards, backwards)]
