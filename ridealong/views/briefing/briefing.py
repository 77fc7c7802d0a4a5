"""The brief of any moment, made from the record: nobody is asked for anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from ridealong.lib import clock
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import KeptBrief
from ridealong.views import inspection
from ridealong.views.briefing.agreeing import agreed
from ridealong.views.briefing.coming import came
from ridealong.views.briefing.editing import Edits, edits, help_wanted, without_hidden
from ridealong.views.briefing.entries import chosen, entries
from ridealong.views.briefing.figures import Brief, Changed
from ridealong.views.briefing.headline import headline
from ridealong.views.briefing.keeping import read
from ridealong.views.briefing.landing import landings
from ridealong.views.briefing.lineup import Lineup
from ridealong.views.briefing.owing import owed
from ridealong.views.briefing.reasons import reasons
from ridealong.views.inspection import CHANGE_KINDS, Selection

LOOK_BACK = timedelta(days=7)
"""How far back a brief looks that no kept one goes before."""
EVERY_DEAL = 1_000_000
ALL = Selection()


def earlier_than(pipe: Pipeline, since_kept: KeptBrief | None) -> Pipeline:
    """Return the moment to compare with: the kept brief's, with what was known when it was."""
    if since_kept is None:
        return pipe.moved(pipe.at - LOOK_BACK, pipe.known)
    return pipe.moved(since_kept.at, since_kept.known)


def last_kept(pipe: Pipeline) -> KeptBrief | None:
    """Return the member's last kept brief that speaks of a moment before this one."""
    return next((kept for kept in pipe.kept_briefs() if kept.at < pipe.at), None)


def brief(
    pipe: Pipeline,
    earlier: Pipeline | None = None,
    *,
    named: int = EVERY_DEAL,
) -> Brief:
    """Return the brief as of ``pipe``, against ``earlier``; the last kept one by default.

    ``named``: how many deals are told under each change and each closing figure; all by default.
    Raises ``ValueError`` when ``earlier`` is later.
    """
    last = last_kept(pipe)
    kept = last if earlier is None else None
    before = earlier_than(pipe, kept) if earlier is None else earlier
    changes = _changes(before, pipe, named)
    lineup = Lineup(pipe)
    made = _figures(pipe, before, lineup, changes, named)
    made = replace(made, since_is_kept=kept is not None)
    own = edits(pipe)
    made = replace(
        _told(pipe, lineup, made, own),
        landings=landings(pipe, lineup),
        reasons=reasons(pipe, changes, own),
        help=help_wanted(pipe),
        owed=owed(pipe, before.at),
        came=came(pipe, read(last)) if last is not None else None,
    )
    return headline(pipe, without_hidden(made, own.hidden))


def in_short(pipe: Pipeline) -> tuple[str, ...]:
    """Return the sentences at the top of the brief alone, for where the rest is not read."""
    before = earlier_than(pipe, last_kept(pipe))
    made = _figures(pipe, before, Lineup(pipe), _changes(before, pipe, 0), 0)
    return headline(pipe, made).headline


def _changes(before: Pipeline, pipe: Pipeline, named: int) -> dict[str, Changed]:
    moves = inspection.moves_between(before, pipe, ALL)
    first = [move for kind in CHANGE_KINDS for move in moves[kind][:named]]
    told = inspection.told(before, pipe, first)
    return {
        kind: Changed(
            inspection.figure(kind, moves[kind], ALL),
            tuple(change for change in told if change.kind == kind),
        )
        for kind in CHANGE_KINDS
    }


def _figures(
    pipe: Pipeline,
    before: Pipeline,
    lineup: Lineup,
    changes: Mapping[str, Changed],
    named: int,
) -> Brief:
    return Brief(
        at=pipe.at,
        since=before.at,
        known=pipe.known or clock.now(),
        currency=pipe.organisation.currency,
        organisation=pipe.organisation.name,
        viewer=pipe.viewer.name if pipe.viewer else "",
        open=inspection.summed(inspection.tallied(lineup.deals, None), ALL),
        by_salesperson=lineup.grouped("salesperson"),
        by_stage=lineup.grouped("stage"),
        this_week=lineup.listed(Selection(closes="week"), limit=named),
        this_month=lineup.listed(Selection(closes="month"), limit=named),
        changes=changes,
        biggest=lineup.listed(ALL).deals,
        no_next_step=lineup.listed(Selection(attention="no_next_step")),
        quiet=lineup.listed(Selection(attention="quiet")),
        overdue=lineup.listed(Selection(attention="overdue")),
        missing_rates=pipe.currencies_without_rate(),
        since_is_kept=False,
        headline=(),
    )


def _told(pipe: Pipeline, lineup: Lineup, made: Brief, own: Edits) -> Brief:
    """Return the brief with the deals it tells in three lines, and what was agreed on them."""
    picked = chosen(pipe, lineup, own)
    at_risk = (made.overdue, made.no_next_step, made.quiet)
    listed = {row.deal.id for of in at_risk for row in of.deals}
    agreements = agreed(pipe, listed | set(picked.all))
    hot, risks = entries(pipe, picked, agreements, made.changes, own)
    return replace(made, agreed=agreements, hot=hot, risks=risks)
