"""Cutting what calendars hold into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from ridealong.lib import clock
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Cursor, Problem, Setting

SIZE = 50
"""Items read at once."""
ANEW = timedelta(days=7)
"""After so long everything is read again, since endless series go on."""
EXCLUDED = Setting(
    "excluded_domains",
    "Excluded domains",
    kind="list",
    required=False,
    help="Meetings that nobody else from outside takes part in are not kept.",
)


def around(cursor: Cursor) -> tuple[datetime, bool]:
    """Return the moment that series are read around, and whether everything is to be read.

    It is settled when a reading of everything begins, so that one that is cut goes on alike.
    """
    now = clock.now().astimezone(UTC)
    settled = cursor.get("around")
    if settled and now - datetime.fromisoformat(settled) < ANEW:
        return datetime.fromisoformat(settled), False
    return now.replace(hour=0, minute=0, second=0, microsecond=0), True


def sorted_out(
    said: Iterable[Fact | Problem],
) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """Return facts and problems apart; of one meeting the last fact."""
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    for each in said:
        if isinstance(each, Fact):
            facts.pop(each.key, None)
            facts[each.key] = each
        else:
            problems.append(each)
    return tuple(facts.values()), tuple(problems)


def excluded(lines: Sequence[str]) -> frozenset[str]:
    """Return domains as people write them, plain."""
    return frozenset(line.lower().lstrip("@") for line in lines)
