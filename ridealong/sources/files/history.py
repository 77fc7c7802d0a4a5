"""History: one row a change, or one row a state after a change, each with its time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ridealong.record.directory import normal
from ridealong.record.facts import Fact
from ridealong.sources.files import values
from ridealong.sources.files.deals import CATEGORIES, currency_of
from ridealong.sources.files.headings import WORDS
from ridealong.sources.files.known import Unknown
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import BadCell, Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import

TOLD = frozenset(
    {"name", "stage", "amount", "close_date", "salesperson", "company", "category", "next_step",
     "product", "lost_reason", "currency"}
)  # fmt: skip
CREATED = {"created", "opportunity created", "deal created", "create"}


def reader(run: Import, plan: FilePlan) -> Callable[[Import, Row], Iterable[Fact]]:
    """Return what makes facts of a history file's rows: changes where it has a column "field"."""
    del run
    return _change if "field" in plan.fields else _state


def _change(run: Import, row: Row) -> Iterator[Fact]:
    key, at = _which(row), _when(run, row)
    field = _field(row.text("field"))
    if normal(row.text("field")) in CREATED:
        yield Fact("deal", key, at, {}, f"created:{key}")
        return
    if field is None:
        return
    new = value(run, row, field, "new")
    old = value(run, row, field, "old") if row.has("old") else {}
    mark = hashlib.blake2b(f"{field}={row.text('new', 0)}".encode(), digest_size=6).hexdigest()
    yield Fact("deal", key, at, new, f"history:{key}:{at.isoformat()}:{mark}", was=old)


def _state(run: Import, row: Row) -> Iterator[Fact]:
    key, at = _which(row), _when(run, row)
    state: dict[str, Any] = {}
    for field in TOLD & row.reading.fields.keys():
        state |= value(run, row, field, field)
    yield Fact("deal", key, at, state, f"history:{key}:{at.isoformat()}:state")


def _which(row: Row) -> str:
    key = row.text("id", 100)
    if not key:
        raise row.bad("id", "is missing: whose change is it?")
    return key


def _when(run: Import, row: Row) -> Any:
    at = row.moment("at")
    if at is None:
        raise row.bad("at", "is missing: when was it changed?")
    if at > run.as_of:
        raise row.bad("at", "is in the future")
    return at


def _field(words: str) -> str | None:
    """Return the field of a deal that a CRM's word for it means."""
    plain = normal(words)
    found = WORDS["deals"].get(plain) or WORDS["deals"].get(plain.removeprefix("opportunity "))
    if plain in {"stage id", "stagename"}:
        found = "stage"
    return found if found in TOLD else None


def value(  # noqa: PLR0911  one for each kind of field
    run: Import, row: Row, field: str, column: str
) -> dict[str, Any]:
    """Read the value of a deal's field out of a column. Raises ``BadCell``."""
    text = row.text(column, 0 if field == "next_step" else 255)
    try:
        if field == "stage":
            if not text:
                return {"stage": None}
            rule = run.known.stage(text)
            return {"stage": run.known.stage_key(rule), "status": rule.status}
        if not text:
            return {field: None}
        if field == "amount":
            amount, written = values.amount(row.raw(column), row.reading.plan.decimal)
            return {"amount": str(amount), "currency": currency_of(run, row, written)}
        if field == "close_date":
            return {field: values.day(row.raw(column), row.reading.plan.order, run.zone)}
        if field == "salesperson":
            return {field: run.known.member(text)}
        if field == "company":
            return {field: run.known.company(text)}
        if field == "category":
            return {field: CATEGORIES[normal(text)]}
    except (Unknown, values.InvalidValue) as error:
        raise row.bad(column, str(error)) from None
    except KeyError:
        raise BadCell(row.heading(column), text, "is no forecast category") from None
    return {field: text.upper() if field == "currency" else text}
