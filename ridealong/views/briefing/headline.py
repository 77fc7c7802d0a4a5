"""The sentences at the top of a brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ridealong.record.pipeline import Pipeline
from ridealong.views.briefing.figures import Brief
from ridealong.views.inspection import QUIET_DAYS, Figure
from ridealong.views.inspection.wording import day, total

CHANGE_WORDS = (
    ("new", "new"),
    ("won", "won"),
    ("lost", "lost"),
    ("reopened", "reopened"),
    ("pushed", "pushed"),
    ("pulled_in", "pulled in"),
)


def headline(pipe: Pipeline, brief: Brief) -> Brief:
    """Return the brief with its sentences, each of which says only what figures below it say."""
    return replace(brief, headline=tuple(_sentences(pipe, brief)))


def _sentences(pipe: Pipeline, brief: Brief) -> Iterator[str]:
    if brief.open.count == 0:
        yield "No deal is open."
    else:
        yield (
            f"{_deals(brief.open)} {_are(brief.open)} open, {_worth(brief, brief.open)} in all; "
            f"{_sum(brief, brief.this_week.figure)} should close this week and "
            f"{_sum(brief, brief.this_month.figure)} this month."
        )
    yield _changed(pipe, brief)
    yield from _attention(brief)


def _changed(pipe: Pipeline, brief: Brief) -> str:
    since = day(brief.since.astimezone(pipe.organisation.time_zone).date())
    parts = []
    for kind, word in CHANGE_WORDS:
        figure = brief.changes[kind].figure
        if figure.count:
            parts.append(f"{figure.count} {word} ({_worth(brief, figure)})")
    return f"Since {since}: {', '.join(parts)}." if parts else f"Nothing moved since {since}."


def _attention(brief: Brief) -> Iterator[str]:
    parts = (
        (brief.overdue.figure, "past the close date"),
        (brief.no_next_step.figure, "without a next step"),
        (brief.quiet.figure, f"without word from the buyer for {QUIET_DAYS} days"),
    )
    named = [
        f"{figure.count} {words} ({_worth(brief, figure)})"
        for figure, words in parts
        if figure.count
    ]
    if named:
        yield f"To look at: {'; '.join(named)}."


def _worth(brief: Brief, figure: Figure) -> str:
    return total(figure.amount, brief.currency)


def _sum(brief: Brief, figure: Figure) -> str:
    if figure.count == 0:
        return "nothing"
    return f"{_worth(brief, figure)} ({_deals(figure)})"


def _deals(figure: Figure) -> str:
    return "1 deal" if figure.count == 1 else f"{figure.count:,} deals"


def _are(figure: Figure) -> str:
    return "is" if figure.count == 1 else "are"
