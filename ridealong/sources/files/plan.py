"""How files are understood before anything is loaded, and how that can be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from ridealong.record.directory import organisation
from ridealong.sources.files.headings import (
    FIELDS,
    KINDS,
    REQUIRED,
    complete,
    likely_kind,
    recognised,
)
from ridealong.sources.files.mapping import FileRule, Rules
from ridealong.sources.files.tables import Table, UnreadableFile, tables
from ridealong.sources.files.values import DateOrder, Style, date_order, decimal_mark

SAMPLED = 2000
SHOWN = 5
DATES = frozenset({"close_date", "created", "closed_at", "stage_since", "at"})
AMOUNTS = frozenset({"amount", "old", "new"})
AMERICAN = ("America/", "US/", "Pacific/Honolulu")


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: its heading, what it was understood as ("" for nothing), why, and samples."""

    heading: str
    field: str
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One table: its kind, its columns, how it writes, and what stops it ("" when nothing)."""

    path: str
    sheet: str
    kind: str
    columns: tuple[ColumnPlan, ...]
    encoding: str = ""
    delimiter: str = ""
    order: DateOrder = "dmy"
    decimal: str = "."
    problem: str = ""
    warnings: tuple[str, ...] = ()
    rule: FileRule = field(default_factory=lambda: FileRule(match="*"))

    @property
    def name(self) -> str:
        """What messages call it."""
        name = Path(self.path).name
        return f"{name} [{self.sheet}]" if self.sheet else name

    @property
    def fields(self) -> dict[str, str]:
        """Return {field: heading}."""
        return {column.field: column.heading for column in self.columns if column.field}

    @property
    def table(self) -> Table:
        """The rows."""
        headings = tuple(column.heading for column in self.columns)
        return Table(Path(self.path), self.sheet, self.encoding, self.delimiter, headings)

    def with_column(self, heading: str, name: str) -> FilePlan:
        """Return the plan with a column understood as ``name`` ("" to leave it aside)."""
        columns = tuple(
            replace(c, field=name, why="chosen")
            if c.heading == heading
            else (replace(c, field="", why="") if name and c.field == name else c)
            for c in self.columns
        )
        return _judged(replace(self, columns=columns, problem=""))

    def with_kind(self, kind: str) -> FilePlan:
        """Return the plan for another kind of file, its columns recognised anew."""
        headings = tuple(column.heading for column in self.columns)
        named = {heading: name for name, heading in recognised(kind, headings).items()}
        columns = tuple(
            replace(
                c, field=named.get(c.heading, ""), why="its heading" if c.heading in named else ""
            )
            for c in self.columns
        )
        return _judged(replace(self, kind=kind, columns=columns, problem=""))

    def shape(self) -> dict[str, Any]:
        """Return the plan as JSON values that ``from_shape`` reads."""
        return asdict(replace(self, rule=FileRule(match="*")))


def from_shape(shape: Mapping[str, Any], rule: FileRule | None = None) -> FilePlan:
    """Make a plan of what ``shape`` returned."""
    columns = tuple(
        ColumnPlan(c["heading"], c["field"], c["why"], tuple(c["samples"]))
        for c in shape["columns"]
    )
    rest = {k: v for k, v in shape.items() if k not in {"columns", "rule", "warnings"}}
    return FilePlan(
        **rest,
        columns=columns,
        warnings=tuple(shape["warnings"]),
        rule=rule or FileRule(match="*"),
    )


def understand(paths: Sequence[Path], rules: Rules | None = None) -> list[FilePlan]:
    """Return a plan for each table of each file, in the order in which they are loaded."""
    plans: list[FilePlan] = []
    for path in paths:
        rule = rules.rule_for(path) if rules else None
        encoding, delimiter = (rule.encoding, rule.delimiter) if rule else ("", "")
        try:
            found = tables(path, encoding=encoding, delimiter=delimiter)
        except UnreadableFile as error:
            plans.append(FilePlan(str(path), "", "", (), problem=str(error)))
            continue
        plans.extend(_planned(table, rule) for table in found)
    return sorted(plans, key=lambda plan: KINDS.index(plan.kind) if plan.kind else len(KINDS))


def _planned(table: Table, rule: FileRule | None) -> FilePlan:
    kind = (rule.kind if rule else "") or likely_kind(table.path.name, table.headings)
    given = dict(rule.columns) if rule else {}
    named = given or recognised(kind, table.headings)
    if rule and rule.dated:
        named = {k: v for k, v in named.items() if k in given}
    by_heading = {heading: name for name, heading in named.items()}
    sampled = [line.cells for line in islice(table.lines(), SAMPLED) if not line.problem]
    columns = tuple(
        ColumnPlan(
            heading,
            by_heading.get(heading, ""),
            ("the mapping" if given else "its heading") if heading in by_heading else "",
            _samples(row[place] for row in sampled),
        )
        for place, heading in enumerate(table.headings)
    )
    plan = FilePlan(
        path=str(table.path),
        sheet=table.sheet,
        kind=kind,
        columns=columns,
        encoding=table.encoding,
        delimiter=table.delimiter,
        rule=rule or FileRule(match="*"),
    )
    absent = [heading for heading in given.values() if heading not in table.headings]
    if absent:
        problem = f"the mapping names a column “{absent[0]}” that {table.name} does not have."
        return replace(plan, problem=problem)
    return _judged(_styled(plan, sampled))


def _samples(values: Iterable[Any]) -> tuple[str, ...]:
    distinct = dict.fromkeys(str(v) for v in values if v not in (None, ""))
    return tuple(text[:80] for text in islice(distinct, SHOWN))


def _styled(plan: FilePlan, rows: Sequence[tuple[Any, ...]]) -> FilePlan:
    """Decide the order of day and month, and the decimal mark, from the columns' values."""

    def values(names: frozenset[str]) -> list[Any]:
        places = [n for n, column in enumerate(plan.columns) if column.field in names]
        return [row[place] for row in rows for place in places]

    american = str(organisation().time_zone).startswith(AMERICAN)
    likely: DateOrder = "mdy" if american and plan.delimiter != ";" else "dmy"
    order, unclear = date_order(values(DATES), fallback=likely)
    style = Style(decimal_mark(values(AMOUNTS)), order, unclear)
    said: DateOrder = plan.rule.date_order or style.order  # type: ignore[assignment]
    warnings: tuple[str, ...] = ()
    if unclear and not plan.rule.date_order:
        shown = "day/month" if order == "dmy" else "month/day"
        warnings = (f"No date decides between day/month and month/day; read as {shown}.",)
    return replace(plan, order=said, decimal=plan.rule.decimal or style.decimal, warnings=warnings)


def _judged(plan: FilePlan) -> FilePlan:
    """Say what stops a plan."""
    if not plan.kind:
        return replace(
            plan,
            problem="It is not clear what this file holds: say whether it is deals, history, "
            "activities, members, companies or contacts.",
        )
    if plan.rule.dated or plan.kind in {"events", "lookup"}:
        return plan
    if not complete(plan.kind, plan.fields):
        for group in REQUIRED[plan.kind]:
            if not any(name in plan.fields for name in group):
                wanted = " or ".join(name.replace("_", " ") for name in group)
                return replace(plan, problem=f"No column was recognised as {wanted}.")
    return plan


def choices(kind: str) -> tuple[str, ...]:
    """Return what a column of this kind of file can be understood as."""
    return FIELDS.get(kind, ())
