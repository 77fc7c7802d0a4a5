"""An Odoo database that is read, and written back to where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Cursor, Edit, Ours, Page, Setting
from ridealong.sources.odoo.asking import Odoo
from ridealong.sources.odoo.reading import COLLEAGUES, OPPORTUNITIES, Reading
from ridealong.sources.odoo.speaking import No
from ridealong.sources.odoo.wanted import EMPLOYEE, LEAD, STAGE, TRACKED, USER, wanted
from ridealong.sources.odoo.writing import FIELDS, write


class Connector:
    """A database by a user's API key, or before version 19 also their password."""

    kind = "odoo"
    title = "Odoo"
    weighs = "crm"
    every = timedelta(minutes=5)
    for_everyone = False
    writes = FIELDS
    settings = (
        Setting("url", "Address", help="https://acme.odoo.com: without what follows the name."),
        Setting("database", "Database", help="Its name, mostly the first part of the address."),
        Setting("login", "Login", help="The user's, as entered when signing in."),
        Setting(
            "password",
            "API key",
            kind="secret",
            help=(
                "In Odoo: your name, My Preferences, Security, New API Key. Before Odoo 19 the "
                "user's password will do, too. What the user sees is read; only an "
                "administrator's key (Settings) reads the kept history of opportunities."
            ),
        ),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count users, stages and opportunities. Raises ``Refused`` or ``TryAgain``."""
        odoo = Odoo(access)
        try:
            there = wanted(odoo)
            counted = (
                f"{odoo.count(USER, COLLEAGUES)} users, {odoo.count(STAGE, [])} stages, "
                f"{odoo.count(LEAD, OPPORTUNITIES)} opportunities"
            )
        except No as error:
            raise Refused(f"Odoo: {error}") from error
        history = "with" if there.has(TRACKED) else "without"
        leaders = "employees' managers" if there.has(EMPLOYEE) else "sales teams"
        return (
            f"Odoo {odoo.version}: {counted}; {history} their kept history; who leads whom by "
            f"{leaders}."
        )

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read users and stages, then what changed of everything, and what went."""
        try:
            yield from Reading(access, cursor, ours).pages()
        except No as error:
            raise Refused(f"Odoo: {error}") from error

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write a field back. Raises ``Differs``, ``Refused`` or ``TryAgain``.

        A next step is the summary of the activity that is due next, or a new one; a note is a
        message that colleagues see.
        """
        try:
            write(access, edit, anyway=anyway)
        except No as error:
            raise Refused(str(error)) from error


CONNECTORS = (Connector(),)
