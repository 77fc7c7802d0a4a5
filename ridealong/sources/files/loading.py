"""Loading planned files: every good row becomes facts, every other one is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact, InvalidFact, checked
from ridealong.record.ranks import SourceName
from ridealong.record.writer import Progress, Watch
from ridealong.sources.files import activities, deals, events, history, people
from ridealong.sources.files.known import Known, Unknown
from ridealong.sources.files.mapping import InvalidMapping, Rules
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.report import BadRow, FileReport, Report
from ridealong.sources.files.rows import BadCell, Reading, Row
from ridealong.sources.files.tables import Line, digest
from ridealong.sources.files.worth import settle

SOURCE = SourceName("files", "file")
EVERY = 5000


@dataclass
class Import:
    """One run: what it knows, when it is, and its report."""

    rules: Rules
    as_of: datetime
    zone: ZoneInfo
    currency: str
    known: Known
    report: Report
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    lookups: dict[str, dict[str, str]] = field(default_factory=dict)
    file: str = ""

    def moment_of(self, plan: FilePlan) -> datetime:
        """Return what a snapshot's rows were true at: the moment of its first import."""
        self.file = digest(Path(plan.path))
        return directory.moment_said(SOURCE.name, f"snapshot:{self.file}:") or self.as_of


Told = Callable[[Import, Row], Iterable[Fact]]
KINDS: dict[str, Callable[[Import, FilePlan], Told]] = {
    "members": people.members,
    "companies": people.companies,
    "contacts": people.contacts,
    "deals": deals.reader,
    "history": history.reader,
    "activities": activities.reader,
    "events": events.reader,
}


def load(
    plans: Sequence[FilePlan],
    rules: Rules | None = None,
    *,
    as_of: datetime | None = None,
    dry: bool = False,
    progress: Watch | None = None,
) -> Report:
    """Load files in the order of their plans; with ``dry`` only report what would happen.

    Rows that cannot be read are left out and reported; loading a mended file again completes it,
    and loading the same file again adds nothing. Raises ``InvalidMapping``.
    """
    run = _begun(rules or Rules(), as_of)
    run.report.dry = dry
    facts = _all(run, [plan for plan in plans if not plan.problem], progress)
    for plan in plans:
        if plan.problem:
            run.report.files.append(FileReport(plan.name, plan.kind, warnings=[plan.problem]))
    if dry:
        for fact in facts:
            run.report.facts[fact.kind] += 1
    else:
        outcome = writer.load(SOURCE, _counted(run, facts), progress=_folding_only(progress))
        run.report.added, run.report.known = outcome.added, outcome.known
        run.report.assumed = settle(SOURCE, stated=bool(run.rules.currency))
    run.report.new = {kind: names[:50] for kind, names in run.known.new.items()}
    return run.report


def _begun(rules: Rules, as_of: datetime | None) -> Import:
    company = directory.organisation()
    zone = company.time_zone
    if rules.time_zone:
        try:
            zone = ZoneInfo(rules.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidMapping(f"company.time_zone: there is no {rules.time_zone!r}") from error
    currency = rules.currency or company.currency
    return Import(
        rules=rules,
        as_of=as_of or clock.now(),
        zone=zone,
        currency=currency,
        known=Known.now(rules),
        report=Report(),
    )


def _all(run: Import, plans: Sequence[FilePlan], progress: Watch | None) -> Iterator[Fact]:
    yield from _company(run)
    read = 0
    for plan in plans:
        if plan.kind == "lookup":
            run.lookups[Path(plan.path).name] = _looked_up(run, plan)
            continue
        report = FileReport(plan.name, plan.kind, warnings=list(plan.warnings))
        run.report.files.append(report)
        run.seen.clear()
        tell = KINDS[plan.kind](run, plan)
        reading = Reading.of(plan, run.zone)
        for line in plan.table.lines():
            report.rows += 1
            read += 1
            yield from _row(run, report, Row(line, reading), tell)
            if progress and read % EVERY == 0:
                progress(Progress("reading", read, None))
    yield from run.known.told()


def _company(run: Import) -> Iterator[Fact]:
    """The mapping's currency and time zone, while nobody has set the company up."""
    said = {"currency": run.rules.currency, "time_zone": run.rules.time_zone}
    named = {name: value for name, value in said.items() if value}
    if named and not directory.organisation().name:
        at = clock.start_of_day(datetime(2000, 1, 1, tzinfo=run.zone).date(), run.zone)
        yield Fact("organisation", "self", at, named, "company:mapping")


def _row(run: Import, report: FileReport, row: Row, tell: Told) -> Iterator[Fact]:
    """Yield a row's facts, or report why there are none: never some of them."""
    line = row.line
    try:
        if line.problem:
            raise BadCell("", "", line.problem)
        told = [checked(fact) for fact in tell(run, row)]
    except BadCell as error:
        run.report.refuse(report, _bad(report, line, error))
        return
    except (InvalidFact, Unknown) as error:
        run.report.refuse(report, _bad(report, line, BadCell("", "", str(error))))
        return
    if not told:
        report.aside += 1
    yield from run.known.told()
    yield from told


def _bad(report: FileReport, line: Line, error: BadCell) -> BadRow:
    cells = tuple("" if cell is None else str(cell)[:500] for cell in line.cells[:100])
    return BadRow(report.file, line.number, error.column, error.value[:200], error.why, cells)


def _looked_up(run: Import, plan: FilePlan) -> dict[str, str]:
    reading = Reading.of(plan, run.zone)
    found = {}
    for line in plan.table.lines():
        if not line.problem:
            row = Row(line, reading)
            found[str(row.cell(plan.rule.key))] = str(row.cell(plan.rule.value))
    return found


def _counted(run: Import, facts: Iterable[Fact]) -> Iterator[Fact]:
    for fact in facts:
        run.report.facts[fact.kind] += 1
        yield fact


def _folding_only(progress: Watch | None) -> Watch | None:
    """Storing goes on row by row with reading, which is what is shown."""
    if progress is None:
        return None

    def show(step: Progress) -> None:
        if step.doing == "folding":
            progress(step)

    return show
