"""What a leader changed of their brief: order, remarks, what is not listed. Never a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ridealong.record.calling import Remarked
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.briefing.figures import Brief, Changed, Help, Listed


@dataclass(frozen=True, slots=True)
class Edits:
    """What one leader changed, by the number of the deal."""

    remarks: Mapping[int, Remarked]

    @property
    def hidden(self) -> frozenset[int]:
        """Return the deals that are not to be listed."""
        return frozenset(number for number, each in self.remarks.items() if each.hidden)

    def text(self, deal: int) -> str:
        """Return what the leader says of a deal."""
        found = self.remarks.get(deal)
        return found.text if found else ""

    def place(self, deal: int) -> int | None:
        """Return the place that the leader gave a deal."""
        found = self.remarks.get(deal)
        return found.place if found else None

    def ordered(self, deals: Iterable[int]) -> list[int]:
        """Return deals in the leader's order; those without a place come after, as they were."""

        def key(deal: int) -> tuple[bool, int]:
            place = self.place(deal)
            return place is None, place or 0

        return sorted(deals, key=key)


def edits(pipe: Pipeline) -> Edits:
    """Return what the viewer changed of their brief up to the moment looked at."""
    if pipe.viewer is None:
        return Edits({})
    return Edits({each.deal_id: each for each in pipe.calling.remarks(pipe.viewer.id)})


def hidden(pipe: Pipeline) -> list[DealState]:
    """Return the open deals that the viewer keeps out of their brief, for them to bring back."""
    numbers = sorted(edits(pipe).hidden)
    return [deal for deal in pipe.deals_numbered(numbers) if deal.status == "open"]


def help_wanted(pipe: Pipeline) -> tuple[Help, ...]:
    """Return what leaders in sight ask the CEO to do about open deals, the latest first."""
    asked = [each for each in pipe.calling.remarks() if each.help]
    deals = {deal.id: deal for deal in pipe.deals_numbered(sorted({e.deal_id for e in asked}))}
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    return tuple(
        Help(deals[each.deal_id], each.help, names.get(each.member_id, "Somebody"), each.at)
        for each in sorted(asked, key=lambda each: each.at, reverse=True)
        if each.deal_id in deals and deals[each.deal_id].status == "open"
    )


def moved(order: Sequence[int], deal: int, step: int, made: Edits) -> dict[int, int]:
    """Return the places to give so that a deal stands one higher (-1) or lower (1) in a list.

    Only what has to be said: places up to the last that someone gave or that moves. Empty where
    there is no way on.
    """
    at = order.index(deal)
    if not 0 <= at + step < len(order):
        return {}
    wanted = list(order)
    wanted[at], wanted[at + step] = wanted[at + step], wanted[at]
    placed = [n for n, each in enumerate(order) if made.place(each) is not None]
    upto = max([at, at + step, *placed])
    return {
        each: place
        for place, each in enumerate(wanted[: upto + 1], start=1)
        if made.place(each) != place
    }


def without_hidden(brief: Brief, unlisted: frozenset[int]) -> Brief:
    """Return the brief with these deals in no list, and how many it leaves out; figures stay."""
    if not unlisted:
        return brief
    named = {deal.id for deal in _named(brief)}

    def listed(of: Listed) -> Listed:
        return replace(of, deals=tuple(r for r in of.deals if r.deal.id not in unlisted))

    def changed(of: Changed) -> Changed:
        return replace(of, changes=tuple(c for c in of.changes if c.deal.id not in unlisted))

    return replace(
        brief,
        this_week=listed(brief.this_week),
        this_month=listed(brief.this_month),
        no_next_step=listed(brief.no_next_step),
        quiet=listed(brief.quiet),
        overdue=listed(brief.overdue),
        biggest=tuple(row for row in brief.biggest if row.deal.id not in unlisted),
        changes={kind: changed(of) for kind, of in brief.changes.items()},
        agreed=tuple(each for each in brief.agreed if each.deal not in unlisted),
        help=tuple(each for each in brief.help if each.deal.id not in unlisted),
        unlisted=len(named & unlisted),
    )


def _named(brief: Brief) -> Iterable[DealState]:
    lists = (
        brief.this_week,
        brief.this_month,
        brief.no_next_step,
        brief.quiet,
        brief.overdue,
    )
    for listed in lists:
        yield from (row.deal for row in listed.deals)
    yield from (row.deal for row in brief.biggest)
    for changed in brief.changes.values():
        yield from (change.deal for change in changed.changes)
