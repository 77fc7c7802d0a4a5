"""Learning what is normal from deals that were won."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from ridealong.record.evidence import Happening
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.coaching.criteria.people import has_power
from ridealong.views.coaching.criteria.rule import TALKS
from ridealong.views.signals.courses import DAY, Spell, pushes, spells
from ridealong.views.signals.norms import ENOUGH, Norm, Norms, StageNorms

LARGEST = 3
"""One of so many open deals is a valuable one."""
MOST = 2000
"""So many of the deals won last are learned from."""
FORTNIGHT = 14
_UPPER, _MOSTLY, _LOWER, _LOWEST = 0.9, 0.75, 0.25, 0.1
_QUANTILES = {
    "quiet_days": _UPPER,
    "answer_days": _UPPER,
    "stage_days": _UPPER,
    "fast_days": _LOWEST,
    "onward_days": _LOWEST,
    "people": _LOWER,
    "contacts": _LOWER,
}
"""Which quantile of each figure of a stage is what is normal."""
Observed = tuple[int, str, float]
"""Stage, figure and its value, of one deal."""


@dataclass(frozen=True, slots=True)
class _Won:
    """A deal that was won, with what happened until then, the oldest first.

    ``power``: keys of the buyer's people who have the say over the money; None where nobody's
    title or role is known.
    """

    versions: Sequence[DealState]
    won: datetime
    happened: Sequence[Happening]
    power: frozenset[str] | None


@dataclass
class _Sample:
    """Values of one figure, and the deals they are from."""

    values: list[float] = field(default_factory=list)
    deals: set[int] = field(default_factory=set)


def learn(pipe: Pipeline) -> Norms:
    """Return what is normal as of the pipeline's moment, with what was known then."""
    deals = pipe.open_standings()
    values = sorted((float(deal.value) for deal in deals if deal.value), reverse=True)
    carried = {deal.salesperson_id or 0 for deal in deals}
    leaders = {each.leader_id or 0 for each in pipe.leading.employed.values()}
    won = list(_won(pipe))
    moves = [pushes(each.versions) for each in won]
    often = [float(len(each)) for each in moves]
    far = [float(sum(push.days for push in each)) for each in moves]
    default = Norms()
    return Norms(
        stages=_stages(won),
        pushes=_norm(often, len(won), _MOSTLY) or default.pushes,
        pushed_days=_norm(far, len(won), _MOSTLY) or default.pushed_days,
        large=values[(len(values) - 1) // LARGEST] if values else None,
        flowing=pipe.evidence.flowing(carried),
        speaking=pipe.evidence.speaking(leaders),
    )


def _won(pipe: Pipeline) -> Iterator[_Won]:
    """Those won last that were open in the record before: of others nobody knows how they went."""
    histories = {
        number: versions
        for number, versions in pipe.histories(pipe.evidence.won_last(MOST)).items()
        if versions[0].status == "open" and versions[-1].status == "won"
    }
    # No text is read.
    happenings = pipe.evidence.happenings(histories, texts_since=pipe.at + DAY)
    people = pipe.evidence.people(
        {key for of_deal in happenings.values() for each in of_deal for key in each.contacts}
    )
    for number, versions in histories.items():
        won = next(each.valid_from for each in versions if each.status == "won")
        happened = [each for each in happenings.get(number, ())[::-1] if each.at <= won]
        roles = versions[-1].contacts
        there = {key for each in happened for key in each.contacts if key in people}
        known = [replace(people[key], role=roles.get(key) or "") for key in sorted(there)]
        titled = any(who.title or who.role for who in known)
        power = frozenset(who.key for who in known if has_power(who)) if titled else None
        yield _Won(versions, won, happened, power)


def _stages(won: Sequence[_Won]) -> dict[int, StageNorms]:
    samples: dict[int, dict[str, _Sample]] = defaultdict(lambda: defaultdict(_Sample))
    for each in won:
        deal = each.versions[-1].id
        for stage, figure, value in _observed(each):
            sample = samples[stage][figure]
            sample.values.append(value)
            sample.deals.add(deal)
    return {
        stage: StageNorms(**learned)
        for stage, figures in sorted(samples.items())
        if (learned := dict(_learned(figures)))
    }


def _learned(figures: Mapping[str, _Sample]) -> Iterator[tuple[str, Norm]]:
    for figure, sample in figures.items():
        if figure == "power":
            share = sum(sample.values) / len(sample.values)
            norm = Norm(share, len(sample.deals)) if len(sample.deals) >= ENOUGH else None
        else:
            norm = _norm(sample.values, len(sample.deals), _QUANTILES[figure])
        if norm:
            yield figure, norm


def _norm(values: Sequence[float], deals: int, share: float) -> Norm | None:
    """Return a quantile, one of the values themselves; None where it would be from too few."""
    if deals < ENOUGH:
        return None
    method = "higher" if share > 1 / 2 else "lower"
    return Norm(round(float(np.quantile(values, share, method=method)), 2), deals)  # type: ignore[call-overload]


def _observed(won: _Won) -> Iterator[Observed]:
    """Every figure of one deal, stage by stage."""
    stays = [spell for spell in spells(won.versions) if spell.entered < won.won]
    last = {spell.stage: spell for spell in stays}
    contacts = [each for each in won.happened if each.two_way]
    for spell in stays:
        yield spell.stage, "stage_days", spell.days
        yield spell.stage, "fast_days", spell.days
        yield from _contacts(spell, contacts)
    for spell in last.values():
        yield spell.stage, "onward_days", (won.won - spell.left) / DAY
        yield from _people(spell, contacts, won.power)
    yield from _waits(stays, won.happened)


def _contacts(spell: Spell, contacts: Sequence[Happening]) -> Iterator[Observed]:
    """The longest pause that ended in the stage, and contacts in a fortnight."""
    pauses = [
        (after.at - before.at) / DAY
        for before, after in pairwise(contacts)
        if spell.entered <= after.at < spell.left
    ]
    if pauses:
        yield spell.stage, "quiet_days", max(pauses)
    if spell.days >= FORTNIGHT:
        count = sum(spell.entered <= each.at < spell.left for each in contacts)
        yield spell.stage, "contacts", count * FORTNIGHT / spell.days


def _people(
    spell: Spell, contacts: Sequence[Happening], power: frozenset[str] | None
) -> Iterator[Observed]:
    """Who was in contact until the stage was left, as far as it is known with whom we were."""
    before = [each for each in contacts if each.at < spell.left]
    heard = {key for each in before for key in each.contacts}
    if heard:
        yield spell.stage, "people", float(len(heard))
        if power is not None:
            met = {key for each in before if each.kind in TALKS for key in each.contacts}
            yield spell.stage, "power", float(bool(met & power))


def _waits(stays: Sequence[Spell], happened: Sequence[Happening]) -> Iterator[Observed]:
    """How long our mails waited for the buyer; of several in a row the first one."""
    waiting: datetime | None = None
    for each in happened:
        if each.two_way:
            if waiting is not None:
                stage = next((s.stage for s in stays if s.entered <= waiting < s.left), None)
                if stage is not None:
                    yield stage, "answer_days", (each.at - waiting) / timedelta(days=1)
            waiting = None
        elif each.kind == "email" and each.direction == "out" and waiting is None:
            waiting = each.at
