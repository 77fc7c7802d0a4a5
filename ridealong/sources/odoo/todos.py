"""What is to be done, and so each opportunity's next step.

It is read whole each time: Odoo deletes what is done (archives it from version 19 on) without a
trace that could be followed, and there is never much to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ridealong.record.facts import Fact
from ridealong.sources.base.rows import EARLY, Row, needed
from ridealong.sources.odoo.activities import Activities, earliest
from ridealong.sources.odoo.asking import Odoo
from ridealong.sources.odoo.following import Place
from ridealong.sources.odoo.wanted import LEAD, TODO

OPEN = [["res_model", "=", LEAD]]
_SIZE = 200
_MOST = 9999


class Todos:
    """What is to be done against what was. Rows are opportunities: {"id", "todos", "gone"}.

    ``known``: {activity: opportunity} as told before; ``now``: the newest change in Odoo.
    """

    def __init__(
        self, prefix: str, activities: Activities, known: Mapping[int, int], now: datetime
    ) -> None:
        self._prefix, self._activities, self._now = prefix, activities, now
        self._known = known

    def touched(self, todos: Iterable[Row], since: str) -> list[Row]:
        """Return the opportunities whose activities are new or changed since then, or went."""
        there = {row["id"]: row for row in todos}
        leads: dict[int, Row] = {}
        for row in there.values():
            lead = leads.setdefault(row["res_id"], _nothing(row["res_id"]))
            lead["todos"].append(row)
            lead["touched"] |= row["id"] not in self._known or str(row["write_date"]) >= since
        for number, of in self._known.items():
            lead = leads.setdefault(of, _nothing(of))
            if number not in there:
                lead["gone"].append(number)
            lead["fewer"] |= number not in there or there[number]["res_id"] != of
        found = [lead for lead in leads.values() if lead["touched"] or lead["fewer"]]
        return sorted(found, key=lambda lead: int(lead["id"]))

    def tell(self, lead: Row) -> Iterator[Fact]:
        """Tell what an opportunity's salesperson is to do, and of that the next."""
        todos = lead["todos"]
        for row in todos:
            yield from self._activities.todo(row)
        for number in lead["gone"]:
            key = self._activities.key("todo", number)
            yield Fact("activity", key, self._now, {"deleted": True}, f"gone:{key}")
        following = earliest(todos)
        # What is left may be older than what was done.
        stamps = [self._now] if lead["fewer"] else []
        at = max([*stamps, *(needed(row, "write_date") for row in todos)])
        step = self._activities.step(following) if following else None
        # Of what is said at one moment the last by its mark stands: the one with less to do.
        mark = f"step:{lead['id']}:{at.isoformat()}:{_MOST - len(todos):04d}"
        key = f"{self._prefix}{lead['id']}"
        yield Fact("deal", key, at, {"next_step": step}, mark)


def followed(
    odoo: Odoo, names: Sequence[str], place: Place, prefix: str, activities: Activities
) -> Iterator[tuple[list[Row], Todos, int, int]]:
    """Yield opportunities with something to do, how to tell them, and how many of how many.

    After each page ``place`` says what is known once that page is kept.
    """
    pages = odoo.pages(TODO, OPEN, names, size=_SIZE)
    todos = [row for page in pages for row in page]
    since, known = place.since.get(TODO, ""), dict(place.known(TODO))
    place.since[TODO] = max([since, *(str(row["write_date"]) for row in todos)])
    comparing = Todos(prefix, activities, known, place.newest() or EARLY)
    leads = comparing.touched(todos, place.earlier(since))
    place.since[TODO] = since
    done = 0
    for start in range(0, len(leads), _SIZE):
        part = leads[start : start + _SIZE]
        done += len(part)
        of_these = {lead["id"] for lead in part}
        known = {number: lead for number, lead in known.items() if lead not in of_these}
        known |= {row["id"]: lead["id"] for lead in part for row in lead["todos"]}
        place.know(TODO, known)
        yield part, comparing, done, len(leads)
    place.since[TODO] = max([since, *(str(row["write_date"]) for row in todos)])


def _nothing(lead: int) -> Row:
    return {"id": lead, "todos": [], "gone": [], "touched": False, "fewer": False}
