"""Deals: an export is how they are at one moment, and a little of how they came there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ridealong.lib.clock import start_of_day
from ridealong.record.directory import normal
from ridealong.record.facts import Fact
from ridealong.sources.files import values
from ridealong.sources.files.known import Unknown
from ridealong.sources.files.mapping import Dated, StageRule
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import BadCell, Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import

CATEGORIES = {
    "omitted": "omitted", "omit": "omitted", "pipeline": "pipeline", "best case": "best_case",
    "bestcase": "best_case", "most likely": "most_likely", "mostlikely": "most_likely",
    "commit": "commit", "forecast": "commit", "closed": "closed",
}  # fmt: skip


ENDED = ("stage", "status", "amount", "currency")
"""What a closed deal's state says of the moment it was closed."""


def reader(run: Import, plan: FilePlan) -> Callable[[Import, Row], Iterable[Fact]]:
    """Return what makes facts of a deals file's rows."""
    moment = run.moment_of(plan)
    file = run.file

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        key = key_of(row)
        _refuse_second(run, row, key)
        if plan.rule.dated:
            yield from _dated(run, row, key, file, moment)
        else:
            yield from _snapshot(run, row, key, file, moment)

    return tell


def key_of(row: Row) -> str:
    """Return the deal's id; of a file without ids, its name with its company's."""
    if "id" in row.reading.fields:
        key = row.text("id", 100)
        if not key:
            raise row.bad("id", "is missing: a deal needs its id")
        return key
    name = row.text("name")
    if not name:
        raise row.bad("name", "is missing, and the file has no ids")
    return f"{normal(name)} | {normal(row.text('company'))}"[:200]


def _refuse_second(run: Import, row: Row, key: str) -> None:
    """The same row twice is fine; two rows that differ leave open which one counts."""
    mark = int.from_bytes(
        hashlib.blake2b(repr(row.line.cells).encode(), digest_size=8).digest(), "big"
    )
    first, line = run.seen.setdefault(key, (mark, row.line.number))
    if first != mark:
        raise row.bad(
            "id" if "id" in row.reading.fields else "name",
            f"is the id of line {line} too, which says something else",
        )


def _snapshot(run: Import, row: Row, key: str, file: str, moment: datetime) -> Iterator[Fact]:
    rule = stage_of(run, row)
    state = {**_described(run, row), **_standing(run, row, rule)}
    created = row.moment("created")
    if created is not None and created > moment:
        raise row.bad("created", "is in the future")
    begun = created or moment
    if created is not None:
        yield Fact("deal", key, created, {}, f"created:{key}")
    since = row.moment("stage_since")
    if rule.status != "open":
        closed = _closed_at(run, row, moment)
        begun = max(begun if created else closed, closed)
        day = closed.astimezone(run.zone).date()
        name = f"closed:{key}@{day}:{rule.status}"
        ended: dict[str, Any] = {k: state[k] for k in ENDED if k in state}
        yield Fact("deal", key, begun, {**ended, "close_date": day}, name)
    elif since is not None and begun < since <= moment:
        moved = {"stage": state["stage"], "status": "open"}
        yield Fact("deal", key, since, moved, f"stage:{key}@{since.isoformat()}")
    yield Fact("deal", key, moment, state, f"snapshot:{file}:{key}")


def _described(run: Import, row: Row) -> dict[str, Any]:
    """What describes a deal whatever its state. A column that is there and empty says so."""
    state: dict[str, Any] = {}
    if "name" in row.reading.fields:
        state["name"] = row.text("name") or None
    if "company" in row.reading.fields:
        name = row.text("company")
        state["company"] = run.known.company(name) if name else None
    if "salesperson" in row.reading.fields:
        name = row.text("salesperson")
        state["salesperson"] = run.known.member(name) if name else None
    for field in ("product", "lost_reason"):
        if field in row.reading.fields:
            state[field] = row.text(field) or None
    if "next_step" in row.reading.fields:
        state["next_step"] = row.text("next_step", 0) or None
    return {**state, **_money(run, row)}


def _money(run: Import, row: Row) -> dict[str, Any]:
    if "amount" not in row.reading.fields:
        return {}
    found = row.amount("amount")
    if found is None:
        return {"amount": None}
    amount, written = found
    return {"amount": str(amount), "currency": currency_of(run, row, written)}


def currency_of(run: Import, row: Row, written: str) -> str:
    """Return the currency of a row's amount: its column's, the amount's own, or the company's."""
    said = row.text("currency").upper()
    code = values.SYMBOLS.get(said, said) or written or row.reading.plan.rule.currency
    if code and code not in values.CURRENCIES:
        raise row.bad("currency", "is no currency that is known")
    return code or run.currency


def stage_of(run: Import, row: Row) -> StageRule:
    """Return the row's stage and what it means, by its name and the columns on the outcome."""
    won, closed = row.flag("is_won"), row.flag("is_closed")
    outcome = normal(row.text("outcome"))
    if outcome in {"won", "lost"}:
        won, closed = outcome == "won", True
    name = row.text("stage")
    if outcome in {"won", "lost"}:
        # Pipedrive keeps the last open stage of a closed deal; its status says how it ended.
        name = outcome.capitalize()
    if not name:
        if "stage" in row.reading.fields:
            raise row.bad("stage", "is empty: in which stage is it?")
        name = "Won" if won else "Lost" if closed else "Open"
    try:
        return run.known.stage(name, won=won, closed=closed)
    except Unknown as error:
        raise row.bad("stage", str(error)) from None


def _standing(run: Import, row: Row, rule: StageRule) -> dict[str, Any]:
    state: dict[str, Any] = {"stage": run.known.stage_key(rule), "status": rule.status}
    if "close_date" in row.reading.fields:
        state["close_date"] = row.day("close_date")
    if rule.status != "open":
        state["category"] = "closed"
        state["close_date"] = row.day("closed_at") or row.day("close_date")
    elif row.has("category"):
        category = CATEGORIES.get(normal(row.text("category")))
        if category is None:
            raise row.bad("category", f"is none of {', '.join(sorted(set(CATEGORIES.values())))}")
        state["category"] = category
    return state


def _closed_at(run: Import, row: Row, moment: datetime) -> datetime:
    exact = row.moment("closed_at")
    day = row.day("close_date")
    if exact is None and day is None:
        raise row.bad("close_date", "is missing: a closed deal needs the day it was closed on")
    closed = exact or start_of_day(day or moment.date(), run.zone)
    if closed > moment:
        field = "closed_at" if exact else "close_date"
        raise row.bad(field, "is in the future, though the deal is closed")
    return closed


def _dated(run: Import, row: Row, key: str, file: str, moment: datetime) -> Iterator[Fact]:
    """Rows of a mapping that says which column dates what."""
    described = {k: v for k, v in _described(run, row).items() if v is not None}
    told = 0
    for number, rule in enumerate(row.reading.plan.rule.dated):
        if not _holds(row, rule):
            continue
        at = row.moment_of(rule.at) if rule.at else moment
        if at is None:
            continue
        told += 1
        name = f"snapshot:{file}:{key}" if not rule.at else f"dated:{key}:{number}"
        yield Fact("deal", key, at, {**described, **_said(run, row, rule)}, name)
    if not told:
        raise BadCell("", "", "has none of the dates that the mapping names")


def _holds(row: Row, rule: Dated) -> bool:
    fits = all(str(row.cell(heading)) == value for heading, value in rule.where.items())
    return fits and all(row.cell(heading) in (None, "") for heading in rule.unless)


def _said(run: Import, row: Row, rule: Dated) -> dict[str, Any]:
    cells: dict[str, tuple[str, Any]] = {n: ("", value) for n, value in rule.values.items()}
    cells |= {n: (heading, row.cell(heading)) for n, heading in rule.columns.items()}
    for name, (heading, lookup) in rule.lookups.items():
        other = row.reading.plan.rule.values.get(_field_of(row, heading), {})
        wanted = str(row.cell(heading))
        found = run.lookups.get(lookup, {}).get(other.get(wanted, wanted))
        if found is None:
            raise BadCell(heading, wanted, f"is not in {lookup}")
        cells[name] = (heading, found)
    said: dict[str, Any] = {}
    for name, (heading, value) in cells.items():
        said |= _field(run, row, name, heading, value)
    return said


def _field_of(row: Row, heading: str) -> str:
    return next((f for f, h in row.reading.fields.items() if h == heading), heading)


def _field(run: Import, row: Row, name: str, heading: str, value: Any) -> dict[str, Any]:
    """Read one field of a dated rule as the record keeps it."""
    try:
        if name == "stage":
            rule = run.known.stage(str(value))
            return {"stage": run.known.stage_key(rule), "status": rule.status}
        if value in (None, ""):
            return {name: None}
        if name == "amount":
            amount, written = values.amount(value, row.reading.plan.decimal)
            return {"amount": str(amount), "currency": written or run.currency}
        if name == "close_date":
            return {name: values.day(value, row.reading.plan.order, run.zone)}
    except (Unknown, values.InvalidValue) as error:
        raise BadCell(heading, value, str(error)) from None
    return {name: value}
