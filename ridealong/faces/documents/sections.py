"""What a brief says, as headings with lines of cells: what each kind of document is filled with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ridealong.record.states import DealState
from ridealong.views.briefing import (
    Brief,
    Came,
    Entry,
    Landing,
    Listed,
    Owed,
    agreed_words,
    spoken,
)
from ridealong.views.forecasting import Range
from ridealong.views.inspection import CHANGE_KINDS, QUIET_DAYS, Change, Figure, Group
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words, day, money, total

NO_RANGE = "No range is given"
SHOWN = 10
"""Deals named under a figure; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its figure in words, and lines of cells under it."""

    title: str
    figure: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    more: int = 0


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment in full."""
    return f"{at.astimezone(zone):%A %d %B %Y, %H:%M}"


def range_words(likely: Range, currency: str) -> str:
    """Say between what a period is likely to land."""
    return f"{total(likely.p10, currency)} to {total(likely.p90, currency)}, with 80%"


def no_range(brief: Brief) -> str:
    """Say that there is no range and why, "" where there is one."""
    landing = next((each for each in brief.landings if each.range is None), None)
    return "" if landing is None else f"{NO_RANGE}. {landing.why_none}".strip()


def held(brief: Brief) -> str:
    """Say how often such ranges held in the past, of the month."""
    told = [each.range.held for each in brief.landings if each.range and each.span == "month"]
    return told[0] if told else ""


def sections(brief: Brief, zone: ZoneInfo) -> Iterable[Section]:
    """Return everything a brief says, in the order in which it is read."""
    if brief.landings:
        yield _landings(brief, zone)
    if brief.help:
        lines = tuple((each.text, each.deal.name, each.leader) for each in brief.help)
        yield Section("Help wanted", "", ("What", "Deal", "Who asks"), lines)
    if brief.landings:
        yield _told("Hot deals", brief.hot)
        yield _told("Risks", brief.risks)
    if brief.came:
        yield _came(brief, brief.came, zone)
    if brief.owed:
        headings = ("What", "Who", "By", "State")
        yield Section("Promised in the call", "", headings, tuple(map(_owed, brief.owed)))
    yield from _figures(brief)


def _landings(brief: Brief, zone: ZoneInfo) -> Section:
    without = no_range(brief) or held(brief)
    headings = ("Period", "Won", "Should still close", "Likely", "Called")
    lines = tuple(_landing(brief, each, zone) for each in brief.landings)
    return Section("Where it lands", without, headings, lines)


def _landing(brief: Brief, landing: Landing, zone: ZoneInfo) -> tuple[str, ...]:
    called = (
        f"{call.member}: {total(call.amount, brief.currency)} ({moment(call.at, zone)})"
        for call in landing.calls
    )
    return (
        spoken(landing.period),
        _figure(brief, landing.won),
        _figure(brief, landing.due),
        range_words(landing.range, brief.currency) if landing.range else "",
        "; ".join(called),
    )


def _told(title: str, entries: tuple[Entry, ...]) -> Section:
    headings = ("Deal", "Amount", "Closes", "Why", "What is being done", "Remark")
    lines = tuple(
        (
            f"{each.deal.name} ({each.deal.company or each.deal.salesperson})",
            money(each.deal.amount, each.deal.currency),
            day(each.deal.close_date),
            " ".join(each.why),
            ". ".join(each.doing),
            each.remark,
        )
        for each in entries
    )
    return Section(title, f"{len(entries)}", headings, lines)


def _came(brief: Brief, came: Came, zone: ZoneInfo) -> Section:
    figure = f"won {total(came.won, brief.currency)} of {total(came.said, brief.currency)} named"
    lines = [
        (
            each.then.name,
            f"{money(each.then.amount, each.then.currency)}, {day(each.then.close_date)}",
            each.words,
        )
        for each in came.outcomes[:SHOWN]
    ]
    for call in came.calls:
        so_far = "" if call.over else " so far"
        said = f"called {total(call.call.amount, brief.currency)} for {call.title}"
        lines.append((call.call.member, said, f"{total(call.came, brief.currency)}{so_far}"))
    title = f"Said on {day(came.at.astimezone(zone).date())}, and what came"
    more = max(0, len(came.outcomes) - SHOWN)
    return Section(title, figure, ("Who or what", "Said", "Came"), tuple(lines), more)


def _owed(owed: Owed) -> tuple[str, ...]:
    return (owed.text, owed.leader, day(owed.due), "past its day" if owed.overdue else owed.state)


def _figures(brief: Brief) -> Iterable[Section]:
    yield _groups(brief, "By salesperson", "Salesperson", brief.by_salesperson)
    yield _groups(brief, "By stage", "Stage", brief.by_stage)
    for kind in CHANGE_KINDS:
        changed = brief.changes[kind]
        if changed.changes:
            yield _changes(brief, CHANGE_WORDS[kind], changed.figure, changed.changes)
    yield _deals(brief, "Should close this week", brief.this_week)
    yield _deals(brief, "Should close this month", brief.this_month)
    biggest = tuple(row.deal for row in brief.biggest)
    yield Section("Biggest open deals", "", DEAL_HEADINGS, tuple(map(_cells, biggest)))
    yield _risks(brief, "Past the close date", brief.overdue)
    yield _risks(brief, "Without a next step", brief.no_next_step)
    yield _risks(brief, f"No word from the buyer for {QUIET_DAYS} days", brief.quiet)


DEAL_HEADINGS = ("Deal", "Company", "Salesperson", "Stage", "Amount", "Closes")


def _cells(deal: DealState) -> tuple[str, ...]:
    return (
        deal.name,
        deal.company,
        deal.salesperson,
        deal.stage,
        money(deal.amount, deal.currency),
        day(deal.close_date),
    )


def _figure(brief: Brief, figure: Figure) -> str:
    return f"{figure.count:,} · {total(figure.amount, brief.currency)}"


def _groups(brief: Brief, title: str, heading: str, groups: tuple[Group, ...]) -> Section:
    lines = tuple(
        (g.name, f"{g.figure.count:,}", total(g.figure.amount, brief.currency)) for g in groups
    )
    return Section(title, _figure(brief, brief.open), (heading, "Deals", "Amount"), lines)


def _deals(brief: Brief, title: str, listed: Listed) -> Section:
    lines = tuple(_cells(row.deal) for row in listed.deals[:SHOWN])
    more = listed.figure.count - len(lines)
    return Section(title, _figure(brief, listed.figure), DEAL_HEADINGS, lines, more)


def _risks(brief: Brief, title: str, listed: Listed) -> Section:
    """Deals at risk, each with what leader and salesperson agreed."""
    section = _deals(brief, title, listed)
    agreed = [brief.agreed_on(row.deal.id) for row in listed.deals[:SHOWN]]
    words = [agreed_words(each) if each else "nothing" for each in agreed]
    lines = tuple((*line, said) for line, said in zip(section.lines, words, strict=True))
    return replace(section, headings=(*DEAL_HEADINGS, "Agreed"), lines=lines)


def _changes(brief: Brief, title: str, figure: Figure, changes: tuple[Change, ...]) -> Section:
    lines = tuple((*_cells(change.deal), change_words(change)) for change in changes[:SHOWN])
    more = len(changes) - len(lines)
    return Section(title, _figure(brief, figure), (*DEAL_HEADINGS, "What changed"), lines, more)
