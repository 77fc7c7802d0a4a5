"""The brief of any moment, made from the record: nobody is asked for anything."""

from __future__ import annotations

from datetime import timedelta

from ridealong.lib import clock
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import KeptBrief
from ridealong.views import inspection
from ridealong.views.briefing.agreeing import agreed
from ridealong.views.briefing.figures import Brief, Changed
from ridealong.views.briefing.headline import headline
from ridealong.views.briefing.lineup import Lineup
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


def brief(pipe: Pipeline, earlier: Pipeline | None = None, *, named: int = EVERY_DEAL) -> Brief:
    """Return the brief as of ``pipe``, against ``earlier``; the last kept one by default.

    ``named``: how many deals are told under each change and each closing figure; all by default.
    Raises ``ValueError`` when ``earlier`` is later.
    """
    kept = last_kept(pipe) if earlier is None else None
    before = earlier_than(pipe, kept) if earlier is None else earlier
    moves = inspection.moves_between(before, pipe, ALL)
    first = [move for kind in CHANGE_KINDS for move in moves[kind][:named]]
    told = inspection.told(before, pipe, first)
    changes: dict[str, Changed] = {
        kind: Changed(
            inspection.figure(kind, moves[kind], ALL),
            tuple(change for change in told if change.kind == kind),
        )
        for kind in CHANGE_KINDS
    }
    lineup = Lineup(pipe)
    lists = {
        "this_week": lineup.listed(Selection(closes="week"), limit=named),
        "this_month": lineup.listed(Selection(closes="month"), limit=named),
        "no_next_step": lineup.listed(Selection(attention="no_next_step")),
        "quiet": lineup.listed(Selection(attention="quiet")),
        "overdue": lineup.listed(Selection(attention="overdue")),
    }
    made = Brief(
        at=pipe.at,
        since=before.at,
        known=pipe.known or clock.now(),
        currency=pipe.organisation.currency,
        organisation=pipe.organisation.name,
        viewer=pipe.viewer.name if pipe.viewer else "",
        open=inspection.summed(inspection.tallied(lineup.deals, None), ALL),
        by_salesperson=lineup.grouped("salesperson"),
        by_stage=lineup.grouped("stage"),
        changes=changes,
        biggest=lineup.listed(ALL).deals,
        missing_rates=pipe.currencies_without_rate(),
        since_is_kept=kept is not None,
        headline=(),
        agreed=agreed(pipe, (lists["overdue"], lists["no_next_step"], lists["quiet"])),
        **lists,
    )
    return headline(pipe, made)
