"""A HubSpot account that is read, and written back to where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ridealong.sources.base.connector import Access, Cursor, Edit, Ours, Page, Setting
from ridealong.sources.hubspot.asking import HubSpot
from ridealong.sources.hubspot.changing import Changes
from ridealong.sources.hubspot.reading import Reading
from ridealong.sources.hubspot.writing import FIELDS, write

_RIGHTS = (
    "crm.objects.deals.read, crm.objects.companies.read, crm.objects.contacts.read, "
    "crm.objects.owners.read, crm.schemas.deals.read and sales-email-read; to write back also "
    "crm.objects.deals.write and crm.objects.contacts.write."
)


class Connector:
    """An account by a private app's access token, or by an app's refresh token."""

    kind = "hubspot"
    title = "HubSpot"
    weighs = "crm"
    every = timedelta(minutes=5)
    for_everyone = False
    writes = FIELDS
    settings = (
        Setting(
            "token",
            "Access token",
            kind="secret",
            required=False,
            help=f"In HubSpot: Settings, Integrations, Private apps. Scopes: {_RIGHTS}",
        ),
        Setting(
            "client_id",
            "Client ID",
            required=False,
            help="Only where you sign in by an app of your own (OAuth) instead of an access token.",
        ),
        Setting(
            "client_secret",
            "Client secret",
            kind="secret",
            required=False,
            help="The app's, beside its client ID.",
        ),
        Setting(
            "refresh_token",
            "Refresh token",
            kind="secret",
            required=False,
            help="Given when the app was installed in your account.",
        ),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count deals, owners and pipelines. Raises ``Refused`` or ``TryAgain``."""
        account = HubSpot(access)
        first = next(Changes(account, "deals", ()).since(None), None)
        owners = sum(len(rows) for rows in account.owners())
        zone = account.details().zone or ours.zone
        return (
            f"{first.total if first else 0} deals, {owners} owners, "
            f"{len(account.pipelines())} pipelines; days are those of {zone.key}."
        )

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read owners and stages, then what changed of everything, each by its last change."""
        yield from Reading(access, cursor, ours).pages()

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write a field back. Raises ``Differs``, ``Refused`` or ``TryAgain``."""
        write(HubSpot(access), access, edit, anyway=anyway)


CONNECTORS = (Connector(),)
