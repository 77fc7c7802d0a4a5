"""An organisation of Salesforce that is read, and written back to where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Cursor, Edit, Ours, Page, Setting
from ridealong.sources.base.rows import line
from ridealong.sources.salesforce import writing
from ridealong.sources.salesforce.asking import Org
from ridealong.sources.salesforce.reading import changed, page_of
from ridealong.sources.salesforce.signing_in import WAYS
from ridealong.sources.salesforce.streams import streams
from ridealong.sources.salesforce.telling import Keys, Teller

_COLLEAGUES = "UserType IN ('Standard', 'PowerPartner')"
"""Not customers who sign in to a portal, of whom there may be very many."""


class Connector:
    """An organisation, by OAuth."""

    kind = "salesforce"
    title = "Salesforce"
    weighs = "crm"
    # Its requests are counted by the day: an idle sync takes about 25 of them.
    every = timedelta(minutes=10)
    for_everyone = False
    writes = writing.FIELDS
    settings = (
        Setting(
            "domain",
            "Domain",
            help="Your My Domain: acme, if you sign in at acme.my.salesforce.com; "
            "acme--test.sandbox for a sandbox. Or login, or test for any sandbox.",
        ),
        Setting(
            "sign_in",
            "Signs in by",
            kind="choice",
            choices=WAYS,
            default=WAYS[0],
            help="A refresh token of a person; client credentials, with a user to run as chosen "
            "in the app; or a name and password, where the app allows that flow.",
        ),
        Setting(
            "client_id",
            "Consumer key",
            help="In Salesforce: Setup, App Manager, your connected or external client app, with "
            "the scopes api and refresh_token. Its user needs API Enabled, and sees what is read.",
        ),
        Setting(
            "client_secret",
            "Consumer secret",
            kind="secret",
            required=False,
            help="Beside the consumer key. Empty where the app asks for none.",
        ),
        Setting("refresh_token", "Refresh token", kind="secret", required=False),
        Setting("username", "User name", required=False, help="For a password only."),
        Setting("password", "Password", kind="secret", required=False),
        Setting(
            "security_token",
            "Security token",
            kind="secret",
            required=False,
            help="For a password, from a network that Salesforce does not know.",
        ),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count users, stages and deals, and say whether the past is kept.

        Raises ``Refused`` or ``TryAgain``.
        """
        org = Org(access)
        _must_read(org)
        counts = [
            next(org.listed(name, where)).total
            for name, where in (
                ("User", _users(org)),
                ("OpportunityStage", []),
                ("Opportunity", ["IsDeleted = false"]),
            )
        ]
        kept = [
            name for name in ("OpportunityHistory", "OpportunityFieldHistory") if org.fields(name)
        ]
        past = f"their past from {' and '.join(kept)}" if kept else "their past is not readable"
        return "{} users, {} stages, {} opportunities, {}.".format(*counts, past)

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read users and stages, then what changed of everything, each by its last change."""
        org = Org(access)
        _must_read(org)
        since: dict[str, str] = dict(cursor.get("since", {}))
        keys = Keys(access.prefix, ours)
        teller = Teller(keys)
        currency = _currency(org) or ours.currency
        users = [row for page in org.listed("User", _users(org)) for row in page.rows]
        everybody = teller.known(users)
        yield page_of(org, "users", everybody, teller.member, since)
        stages = [row for page in org.listed("OpportunityStage") for row in page.rows]
        yield page_of(org, "stages", stages, lambda row: [teller.stage(row)], since)
        parts = {part.name: part for part in streams(org, keys, teller, currency)}
        for part in parts.values():
            yield from changed(org, part, parts, since)

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write a field back. Raises ``Differs``, ``Refused`` or ``TryAgain``."""
        writing.write(Org(access), access, edit, anyway=anyway)


def _users(org: Org) -> list[str]:
    return [_COLLEAGUES] if "UserType" in org.fields("User") else []


def _currency(org: Org) -> str | None:
    rows = next(org.listed("Organization")).rows
    return line(rows[0].get("DefaultCurrencyIsoCode")) or None if rows else None


def _must_read(org: Org) -> None:
    if not org.fields("Opportunity"):
        raise Refused(
            "Salesforce shows this user no opportunities: give the user the right to read them."
        )


CONNECTORS = (Connector(),)
