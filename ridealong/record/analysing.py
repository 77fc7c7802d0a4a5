"""What the database's planner knows of the record's tables, brought up to date after many changes.

PostgreSQL does so by itself, but only a while later: until then it plans for tables as small as
they were before a first load, and reads that join them take minutes.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection

MANY = 5000
"""So many subjects folded at once make it worth while."""


def analyse() -> None:
    """Let PostgreSQL count the record's tables anew; SQLite plans without counting."""
    if connection.vendor != "postgresql":
        return
    names = [model._meta.db_table for model in apps.get_app_config("record").get_models()]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
