"""Reading what changed of an object, and what a merge moved, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from simple_salesforce.format import format_soql

from ridealong.sources.base.connector import Page
from ridealong.sources.base.rows import Odd, Row, moment, told
from ridealong.sources.salesforce.asking import Org
from ridealong.sources.salesforce.objects import STAMP
from ridealong.sources.salesforce.streams import Stream, Tell

_OVERLAP = timedelta(minutes=5)
"""What is saved while it is listed may be seen late; saying it again is free."""


def changed(
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
        yield page_of(org, part.doing, rows, tell, since, done=done, total=page.total)


def _moved(
    org: Org, part: Stream, pointer: str, masters: set[str], since: dict[str, str]
) -> Iterator[Page]:
    """Tell anew what belongs to records that others were merged into."""
    if pointer not in org.fields(part.name):
        return
    where = [format_soql(f"{pointer} IN {{}}", sorted(masters)), *_flags(org, part)]
    for page in org.listed(part.name, where):
        rows, tell = part.tell(page.rows)
        yield page_of(org, part.doing, rows, tell, since)


def page_of(
    org: Org,
    doing: str,
    rows: list[Row],
    tell: Tell,
    since: dict[str, str],
    *,
    done: int = 0,
    total: int | None = None,
) -> Page:
    """Tell rows as a page, with what turned out not to be readable."""
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
        return found.astimezone(UTC).isoformat() if found else None
    except (Odd, OverflowError):
        return None
