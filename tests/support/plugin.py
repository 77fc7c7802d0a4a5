"""Which database a test run is on: decided before Django reads its settings.

`pytest` alone runs on SQLite; `pytest --engine postgresql` runs what touches the database on the
server that DATABASE_URL names, or on one of its own. `make test` does one after the other.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.postgresql import server
from tests.support.sharing import shared_until_the_end

# A test that asks for one of these, itself or by way of another fixture, touches the database.
_DATABASE_FIXTURES = {
    *("db", "transactional_db", "django_db_setup"),
    *("bare_installation", "unused", "simulated"),
}
_DATABASE_MARKS = ("django_db", "both_engines")

_until_the_end = contextlib.ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--engine``."""
    parser.addoption(
        "--engine",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database to run on; on postgresql, only the tests that touch the database",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Point the settings at a database and a home for this run only, before they are loaded."""
    # Workers of xdist inherit what the first process decided.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        home = tempfile.TemporaryDirectory(prefix="ridealong-home-")
        os.environ["RIDEALONG_HOME"] = _until_the_end.enter_context(home)
        if early_config.known_args_namespace.engine == "sqlite":
            os.environ["DATABASE_URL"] = ""
        elif not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = _until_the_end.enter_context(server())
        _until_the_end.enter_context(shared_until_the_end())
    try:
        return (yield)
    except BaseException:
        _until_the_end.close()
        raise


def pytest_configure() -> None:
    """Keep SQLite's test databases in files, as an installation does: threads can share them.

    Passwords are made quickly in tests; programs that they start keep an installation's slow hash.
    """
    from django.conf import settings
    from django.db import connection

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if connection.vendor == "sqlite":
        file = Path(os.environ["RIDEALONG_HOME"]) / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


def pytest_unconfigure() -> None:
    """Stop the server and remove the home; only the first process has any."""
    _until_the_end.close()


def pytest_report_header(config: pytest.Config) -> str:
    """Say the engine at the top of the run."""
    return f"engine: {config.getoption('engine')}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what would run there just as on SQLite."""
    if config.getoption("engine") == "sqlite":
        return
    left_out = [item for item in items if not _touches_the_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _touches_the_database(item)]


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marked = any(item.get_closest_marker(mark) for mark in _DATABASE_MARKS)
    return marked or not _DATABASE_FIXTURES.isdisjoint(fixtures)
