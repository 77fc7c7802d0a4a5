"""An organisation of Salesforce that is read, and written back to where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from simple_salesforce.format import format_soql

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Cursor, Edit, Ours, Page, Setting
from ridealong.sources.base.rows import Odd, Row, line, moment, told
from ridealong.sources.salesforce import writing
from ridealong.sources.salesforce.asking import Org
from ridealong.sources.salesforce.objects import STAMP
from ridealong.sources.salesforce.signing_in import WAYS
from ridealong.sources.salesforce.streams import Stream, streams
from ridealong.sources.salesforce.telling import Keys, Teller

_OVERLAP = timedelta(minutes=5)
"""What is saved while it is listed may be seen late; saying it again is free."""
_COLLEAGUES = "UserType IN ('Standard', 'PowerPartner')"
"""Not customers who sign in to a portal, of whom there may be very many."""


class Connector:
    """An organisation, by OAuth."""

    kind = "salesforce"
    title = "Salesforce"
    weighs = "crm"
    # Its requests are counted by the day: an idle sync takes about thirty of them.
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
        past = f"its past from {' and '.join(kept)}" if kept else "without their past"
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
        yield _page(org, "users", everybody, lambda row: [teller.member(row)], since)
        stages = [row for page in org.listed("OpportunityStage") for row in page.rows]
        yield _page(org, "stages", stages, lambda row: [teller.stage(row)], since)
        parts = {part.name: part for part in streams(org, keys, teller, currency)}
        for part in parts.values():
            yield from _changed(org, part, parts, since)

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write a field back. Raises ``Differs``, ``Refused`` or ``TryAgain``."""
        writing.write(Org(access), access, edit, anyway=anyway)


def _changed(
    org: Org, part: Stream, parts: dict[str, Stream], since: dict[str, str]
) -> Iterator[Page]:
    """Read what changed of one object, and move on its place in ``since``."""
    done = 0
    for page in org.listed(part.name, _where(org, part, since), f"{STAMP}, Id"):
        done += len(page.rows)
        masters = {str(row["MasterRecordId"]) for row in page.rows if row.get("MasterRecordId")}
        # What a merge moved may look unchanged itself. It is told before the merge is done with.
        for name, pointer in part.follows.items() if masters else ():
            if name in since:
                yield from _moved(org, parts[name], pointer, masters, since)
        latest = max(filter(None, map(_stamp, page.rows)), default=None)
        if latest:
            since[part.name] = latest
        rows, tell = part.tell(page.rows)
        yield _page(org, part.doing, rows, tell, since, done, page.total)


def _moved(
    org: Org, part: Stream, pointer: str, masters: set[str], since: dict[str, str]
) -> Iterator[Page]:
    """Tell anew what belongs to records that others were merged into."""
    if pointer not in org.fields(part.name):
        return
    where = [format_soql(f"{pointer} IN {{}}", sorted(masters)), *_flags(org, part)]
    for page in org.listed(part.name, where):
        rows, tell = part.tell(page.rows)
        yield _page(org, part.doing, rows, tell, since)


def _page(
    org: Org,
    doing: str,
    rows: list[Row],
    tell: Any,
    since: dict[str, str],
    done: int = 0,
    total: int | None = None,
) -> Page:
    cursor = {"since": dict(since)}
    page = told(doing, rows, tell, cursor, done=done or len(rows), total=total, named="Id")
    return replace(page, problems=(*page.problems, *org.noted()))


def _where(org: Org, part: Stream, since: dict[str, str]) -> list[str]:
    conditions = _flags(org, part)
    if part.name in since:
        begin = datetime.fromisoformat(since[part.name]) - _OVERLAP
        conditions.append(f"{STAMP} >= {begin.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return conditions


def _flags(org: Org, part: Stream) -> list[str]:
    return [f"{flag} = false" for flag in part.flags if flag in org.fields(part.name)]


def _stamp(row: Row) -> str | None:
    """Return a row's place in its list; None where it says none that is a time."""
    try:
        found = moment(row.get(STAMP))
    except Odd:
        return None
    return found.astimezone(UTC).isoformat() if found else None


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
