"""Reading the talks that nobody has read yet, and saying what was found as facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ridealong.lib import clock
from ridealong.record import hearable, placeable, writer
from ridealong.record.facts import Fact
from ridealong.record.hearable import Unheard
from ridealong.record.placeable import Lifetime
from ridealong.record.progress import Progress, Watch
from ridealong.record.ranks import SourceName
from ridealong.sources.hearing import Heard, Talked, read_talk

SOURCE = SourceName("hearing", "inferred")
_BATCH = 500
_SPAN = timedelta(days=400)
"""Deals that ended longer ago than this are not spoken of."""
_WORDS = 12
"""So many words that speak for a nature are kept."""
MOMENT = timedelta(minutes=1)


def carry_out(_run: Any, watch: Watch) -> dict[str, Any]:
    """Read what is due."""
    return {"read": hear_due(watch)}


def hear_due(watch: Watch | None = None, *, as_learned: bool = False) -> int:
    """Read every talk that was held and that nobody has read yet; return how many.

    ``as_learned``: say it as of when the talk itself became known, as a worker beside it would
    have; for a history that is made all at once.
    """
    now = clock.now()
    deals: _Deals | None = None
    done = 0
    while batch := hearable.due(now, _BATCH):
        deals = deals or _Deals(placeable.lifetimes(batch[0].at - _SPAN))
        facts = [_fact(talk, deals, as_learned=as_learned) for talk in batch]
        writer.append(SOURCE, facts)
        done += len(batch)
        if watch:
            watch(Progress("reading talks", done, None))
    return done


class _Deals:
    """The deals there are, by whoever carries them."""

    def __init__(self, lives: Iterable[Lifetime]) -> None:
        self._carried: dict[str, list[Lifetime]] = {}
        for life in lives:
            self._carried.setdefault(life.salesperson, []).append(life)

    def open_then(self, members: Sequence[str], at: datetime) -> tuple[tuple[str, str, str], ...]:
        """Return (key, name, company's name) of the deals that these carry and were open then."""
        return tuple(
            (life.deal, life.name, life.company_name)
            for member in members
            for life in self._carried.get(member, ())
            if life.opened <= at and (life.closed is None or at < life.closed + timedelta(days=14))
        )


def _fact(talk: Unheard, deals: _Deals, *, as_learned: bool) -> Fact:
    leader, others = _sides(talk)
    heard = read_talk(
        Talked(
            title=talk.title,
            text=talk.text,
            minutes=talk.minutes,
            leader=leader,
            salespeople=tuple(name for _, name, _ in others),
            with_buyer=talk.with_buyer,
            planned=talk.planned,
            deals=deals.open_then([key for key, _, _ in talk.members], talk.at),
        )
    )
    return Fact(
        "activity",
        talk.key,
        # Never before the talk itself: a word on it must not move it.
        max(talk.at, talk.known),
        _changes(heard, talk),
        f"heard:{talk.key}"[:255],
        recorded_at=talk.known + MOMENT if as_learned else None,
    )


def _sides(talk: Unheard) -> tuple[str, list[tuple[str, str, str]]]:
    """The name of whoever leads the talk, and the others: leaders first, then its host."""
    ranked = sorted(talk.members, key=lambda m: (m[2] != "leader", m[0] != talk.host, m[0]))
    return (ranked[0][1], ranked[1:]) if ranked else ("", [])


def _changes(heard: Heard, talk: Unheard) -> dict[str, Any]:
    said: dict[str, Any] = {
        "talk": heard.kind,
        "heard": {
            "of": talk.of,
            "sure": round(heard.sure, 3),
            "why": [
                [name, round(share, 3), [word[:200] for word in words[:_WORDS]]]
                for name, share, words in heard.why
            ],
            "deals": dict(heard.deals_why),
        },
    }
    if heard.nature:
        said["nature"] = dict(heard.nature)
    if heard.deals:
        said["deals_discussed"] = list(heard.deals)
    return said
