"""Rows of a CRM: reading what stands in them, and telling a page of them as facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dateutil import parser
from lxml import html

from ridealong.record.facts import LINE, Fact, InvalidFact, checked
from ridealong.sources.base.connector import Cursor, Page, Problem

EARLY = datetime(2000, 1, 1, tzinfo=UTC)
"""When members, companies, contacts and stages are said to be: before anything else."""
MAX_TEXT = 20_000
_MAX_MARKUP = 100_000
_WHY = 300
Row = dict[str, Any]


class Odd(ValueError):
    """A row that cannot be taken in; the text says which of its properties is wrong."""


class Cut(Exception):
    """What was told of a row holds, but it is not all there is: the text says why."""


def told(
    doing: str,
    rows: Sequence[Row],
    tell: Callable[[Row], Iterable[Fact]],
    cursor: Cursor,
    *,
    done: int,
    total: int | None = None,
    named: str = "id",
) -> Page:
    """Tell rows as a page; of one that cannot be told nothing is kept, and it is listed.

    ``doing``: what the rows are ("deals"); ``named``: the property that names a row.
    """
    facts: list[Fact] = []
    problems: list[Problem] = []
    for row in rows:
        name = f"{doing} {row.get(named)}"
        found: list[Fact] = []
        try:
            found.extend(checked(fact) for fact in tell(row))
        except Cut as cut:
            problems.append(Problem(name, str(cut)))
        except (Odd, InvalidFact, KeyError, OverflowError, TypeError, ValueError) as error:
            problems.append(Problem(name, str(error)[:_WHY]))
            continue
        facts.extend(found)
    return Page(tuple(facts), cursor, doing, done, total, tuple(problems))


def line(value: Any) -> str:
    """Return a value as one line of text that the record takes; "" for None."""
    return "" if value is None else str(value).replace("\x00", "").strip()[:LINE]


def amount(value: Any) -> str | None:
    """Return an amount as it is written; None for none."""
    return None if value in (None, "") else str(value)


def moment(value: Any) -> datetime | None:
    """Return an ISO 8601 time, taken to be in UTC where it says no offset; None for none.

    Raises ``Odd``.
    """
    if not value:
        return None
    try:
        read = parser.isoparse(str(value))
    except ValueError as error:
        raise Odd(f"{str(value)[:40]!r} is not a time") from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day(value: Any) -> date | None:
    """Return the day of an ISO 8601 date or time; None for none. Raises ``Odd``."""
    found = moment(value)
    return found.date() if found else None


def needed(row: Row, name: str) -> datetime:
    """Return a time that must be there. Raises ``Odd``."""
    found = moment(row.get(name))
    if found is None:
        raise Odd(f"{name} is missing")
    return found


def words(value: Any) -> str:
    """Return the plain words of a note that comes as HTML."""
    if not value or not str(value).strip():
        return ""
    plain: str = html.fromstring(f"<div>{str(value)[:_MAX_MARKUP]}</div>").text_content()
    return plain.replace("\x00", "").strip()[:MAX_TEXT]
