"""What stands, as a face shows it: the signal, its rule and deal, and what was done about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import Episode, ResponseState, SignalState
from ridealong.record.states import DealState
from ridealong.views.inspection.wording import when
from ridealong.views.signals.acting import Act, Done, Raised, done
from ridealong.views.signals.choosing import Choice
from ridealong.views.signals.rule import Rule
from ridealong.views.signals.rulebook import rules

PAST = 30
"""So many of the times that signals stood on a deal are in its story."""


@dataclass(frozen=True, slots=True)
class Told:
    """A response with the name of who gave it."""

    name: str
    response: ResponseState


@dataclass(frozen=True, slots=True)
class Notice:
    """A signal that stands on a deal. ``age``: since when, in words, as of the moment.

    ``new``: the viewer has not seen it. ``seen``: who has, the first one first. ``acts``: what was
    done about it, ``acted`` the same in words; ``done``: the viewer says they acted.
    ``dismissed``, ``put_off``: why it is not shown.
    """

    signal: SignalState
    rule: Rule
    deal: DealState
    age: str
    new: bool
    seen: tuple[Told, ...]
    acts: tuple[Act, ...]
    acted: tuple[str, ...]
    done: bool
    dismissed: Told | None = None
    put_off: Told | None = None

    @property
    def tone(self) -> str:
        """Good news, bad news, or bad news that cannot wait."""
        return "good" if self.rule.good else "urgent" if self.rule.urgent else "bad"


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many signals of a rule are shown, and the choice that gives just these."""

    rule: Rule
    count: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on a deal, in short: how many, the worst one's tone, and all in words."""

    count: int
    tone: str
    words: str


def notices(
    pipe: Pipeline,
    choice: Choice = Choice(),  # noqa: B008  frozen
    *,
    deals: Iterable[int] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[Notice]:
    """Return the signals that are shown to the viewer: the new ones first, the newest first.

    Neither what somebody dismissed nor what the viewer put off. ``deals``: on these only.
    """
    wanted = choice.wanted(None if deals is None else frozenset(deals))
    return _noticed(pipe, pipe.signals.shown(wanted, offset=offset, limit=limit))


def put_away(pipe: Pipeline, deal: int) -> list[Notice]:
    """Return what stands on a deal, and is not shown to the viewer: dismissed, or put off."""
    return [
        each
        for each in _noticed(pipe, pipe.signals.standing(deals=[deal]))
        if each.dismissed or each.put_off
    ]


def counted(pipe: Pipeline, choice: Choice = Choice()) -> list[RuleCount]:  # noqa: B008  frozen
    """Return how many signals of each rule are shown, in the order of the rules."""
    counts = pipe.signals.count_shown(choice.wanted())
    return [
        RuleCount(rule, counts[name], choice.narrowed(rule=name))
        for name, rule in rules().items()
        if name in counts
    ]


def marks(pipe: Pipeline, deals: Iterable[int]) -> dict[int, Mark]:
    """Return for each of these deals on which signals are shown what they are, in short."""
    found: dict[int, list[SignalState]] = {}
    wanted = Choice().wanted(frozenset(deals))
    for each in pipe.signals.shown(wanted):
        found.setdefault(each.deal_id, []).append(each)
    return {deal: _mark(standing) for deal, standing in found.items()}


def _mark(standing: Sequence[SignalState]) -> Mark:
    book = rules()
    ordered = sorted(standing, key=lambda s: (book[s.rule].good, not book[s.rule].urgent))
    worst = book[ordered[0].rule]
    tone = "good" if worst.good else "urgent" if worst.urgent else "bad"
    words = "; ".join(f"{book[each.rule].title}: {each.words}" for each in ordered)
    return Mark(len(ordered), tone, words)


def past(pipe: Pipeline, deal: int) -> list[tuple[Episode, Rule]]:
    """Return the times that signals stood on a deal and do not any more, the newest first."""
    book = rules()
    found = [
        (each, book[each.rule])
        for each in pipe.signals.episodes(deals=[deal])
        if each.cleared_at is not None and each.rule in book
    ]
    return found[:PAST]


def version(shown: Iterable[Notice]) -> str:
    """Return a short text that is the same as long as there is nothing else to show."""
    told = hashlib.blake2b(digest_size=8)
    for each in shown:
        said = [each.signal.id, each.signal.raised_at, each.signal.words, each.acted]
        told.update(repr([*said, each.dismissed, each.put_off]).encode())
    return told.hexdigest()


def _noticed(pipe: Pipeline, standing: Sequence[SignalState]) -> list[Notice]:
    book = rules()
    known = [each for each in standing if each.rule in book]
    deals = {d.id: d for d in pipe.deals_numbered(sorted({each.deal_id for each in known}))}
    known = [each for each in known if each.deal_id in deals]
    of_each = done(pipe, [Raised(s.id, s.deal_id, s.raised_at) for s in known])
    return [
        _notice(pipe, signal, deals[signal.deal_id], what)
        for signal, what in zip(known, of_each, strict=True)
    ]


def _notice(pipe: Pipeline, signal: SignalState, deal: DealState, what: Done) -> Notice:
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    viewer = pipe.viewer.id if pipe.viewer else 0
    told = [Told(names.get(each.member_id, "Somebody"), each) for each in what.responses]
    mine = [each for each in told if each.response.member_id == viewer]
    dismissed = [each for each in told if each.response.did == "dismissed"]
    put_off = [
        each
        for each in mine
        if each.response.did == "snoozed" and (each.response.until or pipe.at) > pipe.at
    ]
    return Notice(
        signal=signal,
        rule=rules()[signal.rule],
        deal=deal,
        age=when(signal.raised_at, pipe.at, pipe.organisation.time_zone),
        new=not mine,
        seen=tuple(each for each in told if each.response.did == "seen"),
        acts=tuple(what.acts),
        acted=tuple(dict.fromkeys(_words(act, names) for act in what.acts)),
        done=any(each.response.did == "acted" for each in mine),
        dismissed=dismissed[-1] if dismissed else None,
        put_off=put_off[-1] if put_off else None,
    )


def _words(act: Act, names: Mapping[int, str]) -> str:
    who = " and ".join(sorted(names[n] for n in act.members if n in names)) or "Somebody"
    return {
        "said": f"{who} acted upon it",
        "guidance": f"{who} gave guidance",
        "talk": f"{who} spoke about it" if len(act.members) == 1 else f"{who} spoke",
    }[act.how]
