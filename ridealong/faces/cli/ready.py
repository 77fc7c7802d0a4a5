"""A database that is there and up to date, before a command reads it."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ridealong.record import writer


def prepare() -> None:
    """Bring the database's tables up to date, and finish what an ended load left to be folded."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    writer.fold_due()
