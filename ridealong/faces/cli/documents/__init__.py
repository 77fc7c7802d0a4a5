"""The brief as a document: plain text, Markdown and a page of HTML of its own.

Each is a template beside this file, filled with the same sections.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from django.template import Context, Engine

from ridealong.record.states import DealState
from ridealong.views.briefing import Brief, Listed, agreed_words
from ridealong.views.inspection import CHANGE_KINDS, QUIET_DAYS, Change, Figure, Group
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words, day, money, total

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


def text(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as plain text; times in ``zone``."""
    return _rendered("brief.txt", brief, zone, autoescape=False)


def markdown(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as Markdown; times in ``zone``."""
    return _rendered("brief.md", brief, zone, autoescape=False)


def html(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as a page of HTML that needs nothing else; times in ``zone``."""
    return _rendered("brief.html", brief, zone, autoescape=True)


def _rendered(name: str, brief: Brief, zone: ZoneInfo, *, autoescape: bool) -> str:
    engine = Engine(
        dirs=[str(Path(__file__).parent)],
        autoescape=autoescape,
        libraries={"cells": "ridealong.faces.cli.documents.cells"},
    )
    values = {
        "brief": brief,
        "at": f"{brief.at.astimezone(zone):%A %d %B %Y, %H:%M}",
        "since": f"{brief.since.astimezone(zone):%A %d %B %Y, %H:%M}",
        "sections": list(_sections(brief)),
    }
    return str(engine.get_template(name).render(Context(values, autoescape=autoescape)))


def _sections(brief: Brief) -> Iterable[Section]:
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
