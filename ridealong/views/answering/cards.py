"""Every open deal that matters as a card: its five lines, and what one may be asked beyond them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views import coaching, forecasting, inspection, signals
from ridealong.views.answering.sections import LETTERS, Course, Line, Section, sections
from ridealong.views.coaching import Followed
from ridealong.views.inspection.selecting import today
from ridealong.views.inspection.wording import day, money
from ridealong.views.signals import Notice

MOST = 500
"""So many deals are sent at most, those that matter most: by value, closeness and what moved."""
LATELY = timedelta(days=7)
GUIDANCE_READ = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Card:
    """One deal. ``people``: by whose names it is found too; ``closes``: when, in words.

    ``soon``: to be decided this week, or before.
    """

    deal: DealState
    lines: tuple[str, ...]
    people: tuple[str, ...]
    closes: str
    soon: bool
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The deals that matter most, the first one most. ``left_out``: so many others are open."""

    at: datetime
    cards: tuple[Card, ...]
    left_out: int


def cards(pipe: Pipeline, most: int = MOST) -> Cards:
    """Return the open deals in the viewer's sight, ``most`` of them."""
    foremost = pipe.recalled.foremost(
        None, pipe.conversion, today(pipe), since=pipe.at - LATELY, limit=most
    )
    deals = pipe.deals_numbered(foremost)
    stories = inspection.stories_of(pipe, deals, letters=LETTERS)
    noticed, guided = _noticed(pipe, foremost), _guided(pipe, foremost)
    odds = forecasting.heats(pipe, foremost)
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    made = tuple(
        Card(
            deal=story.deal,
            lines=story.lines,
            people=tuple(person.contact.name for person in story.people),
            closes=_closes(story.deal, today(pipe)),
            soon=_is_soon(story.deal, today(pipe)),
            sections=sections(
                Course(
                    story=story,
                    zone=pipe.organisation.time_zone,
                    noticed=noticed.get(story.deal.id, ()),
                    guided=guided.get(story.deal.id, ()),
                    names=names,
                    odds=odds,
                )
            ),
        )
        for story in stories
    )
    return Cards(pipe.at, made, max(0, pipe.recalled.count(None) - len(made)))


def _closes(deal: DealState, today: date) -> str:
    if deal.close_date is None:
        return ""
    return f"{'was to close' if deal.close_date < today else 'closes'} {day(deal.close_date)}"


def _is_soon(deal: DealState, today: date) -> bool:
    """Say whether it closes until Sunday, or should have."""
    sunday = today + timedelta(days=6 - today.weekday())
    return deal.close_date is not None and deal.close_date <= sunday


def _noticed(pipe: Pipeline, deals: Sequence[int]) -> Mapping[int, list[Notice]]:
    found: dict[int, list[Notice]] = {}
    for notice in signals.notices(pipe, deals=deals):
        found.setdefault(notice.deal.id, []).append(notice)
    return found


def _guided(pipe: Pipeline, deals: Sequence[int]) -> Mapping[int, list[Followed]]:
    """Guidance that is still open, by deal."""
    given = pipe.leading.guidance(deals=deals, since=pipe.at - GUIDANCE_READ)
    found: dict[int, list[Followed]] = {}
    for each in coaching.followed(pipe, given):
        if each.outcome == "open" and each.given.deal_id is not None:
            found.setdefault(each.given.deal_id, []).append(each)
    return found


def cards_shape(found: Cards) -> dict[str, Any]:
    """Return cards as JSON values, as a page keeps them: what is empty is left out."""
    return {"deals": [_card(card) for card in found.cards], "left_out": found.left_out}


def _card(card: Card) -> dict[str, Any]:
    deal = card.deal
    shaped = {
        "id": deal.id,
        "name": deal.name,
        "company": deal.company,
        "salesperson": deal.salesperson,
        "amount": money(deal.amount, deal.currency),
        "closes": card.closes,
        "stage": deal.stage,
        "soon": card.soon,
        "people": card.people,
        "lines": card.lines,
        "sections": [
            {"title": each.title, "lines": [_line(line) for line in each.lines]}
            for each in card.sections
        ],
    }
    return {name: value for name, value in shaped.items() if value}


def _line(line: Line) -> dict[str, str]:
    shaped = {"when": line.when, "words": line.words, "more": line.more, "tone": line.tone}
    return {name: value for name, value in shaped.items() if value}
