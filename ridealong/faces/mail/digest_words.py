"""What letters about signals say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from ridealong.faces.mail.letters import About, Line, Section
from ridealong.record.states import DealState, Member
from ridealong.views.inspection.wording import day, money
from ridealong.views.signals import DealNews, Item, News, Part

EVIDENCE = 2
"""Pieces of evidence shown of one signal."""
_ROOM = 69
"""Signs that a subject has room for in one line of a mail, and about what a phone shows."""
_LONGEST = 40


def subject(news: News, them: Member) -> str:
    """Say the news: “3 deals need you: Harbour, Pump audit and 1 more”.

    It names as many deals as there is room for, one at least.
    """
    fitting = (_subject(news, them, shown) for shown in (3, 2))
    return next((each for each in fitting if len(each) <= _ROOM), _subject(news, them, 1))


def _subject(news: News, them: Member, shown: int) -> str:
    wrong = [part for part in news.parts if part.topic != "good"]
    count = sum(part.count for part in wrong)
    good = news.part("good")
    if not count:
        first = good.deals if good else ()
        said = good.count if good else 0
        return f"Good news on {_deals(said)}: {names(first[:shown], said)}"
    whom = "you" if them.role == "salesperson" else "a look"
    needs = f"{'needs' if count == 1 else 'need'} {whom}"
    deals = [deal for part in wrong for deal in part.deals]
    more = f"; good news on {good.count}" if good else ""
    return f"{_deals(count)} {needs}: {names(deals[:shown], count)}{more}"


def heading(news: News) -> str:
    """Say what kind of news it is."""
    wrong = sum(part.count for part in news.parts if part.topic != "good")
    good = news.part("good")
    parts = [f"{_deals(wrong)} to look at"] if wrong else []
    parts += [f"good news on {good.count if wrong else _deals(good.count)}"] if good else []
    words = ", ".join(parts) or "Nothing new"
    return words[0].upper() + words[1:]


def names(deals: Sequence[DealNews], count: int) -> str:
    """Return the first deals' names, and how many more there are."""
    found = [_short(each.deal.name) for each in deals]
    if count > len(found):
        return f"{', '.join(found)} and {count - len(found)} more"
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def sections(news: News, them: Member, *, address: str, zone: ZoneInfo) -> tuple[Section, ...]:
    """Return the news as a letter's sections."""
    return tuple(_section(part, them, address, zone) for part in news.parts)


def _section(part: Part, them: Member, address: str, zone: ZoneInfo) -> Section:
    titles = {"urgent": "Cannot wait", "to_do": "New", "good": "Good news"}
    rest = ""
    if part.more:
        rest = f"And {part.more:,} more {'deal' if part.more == 1 else 'deals'}, on Today."
    deals = tuple(_about(each, them, address, zone) for each in part.deals)
    if them.role != "salesperson":
        deals = _helped_once(deals)
    return Section(titles[part.topic], part.topic, deals, rest)


def _about(news: DealNews, them: Member, address: str, zone: ZoneInfo) -> About:
    deal = news.deal
    return About(
        name=deal.name,
        address=f"{address}deals/{deal.id}",
        detail=" · ".join(_facts(deal, them)),
        lines=tuple(_line(item, zone) for item in news.items),
    )


def _helped_once(deals: tuple[About, ...]) -> tuple[About, ...]:
    """Say what helps where it is said first: a leader reads of many deals with the same cause."""
    said: set[str] = set()
    shown: list[About] = []
    for deal in deals:
        lines = [line if line.help not in said else replace(line, help="") for line in deal.lines]
        said |= {line.help for line in deal.lines}
        shown.append(replace(deal, lines=tuple(lines)))
    return tuple(shown)


def _facts(deal: DealState, them: Member) -> list[str]:
    closes = f"closes {day(deal.close_date)}" if deal.close_date else ""
    whose = deal.salesperson if deal.salesperson_id != them.id else ""
    company = deal.company if deal.company not in deal.name else ""
    facts = (company, money(deal.amount, deal.currency), deal.stage, closes, whose)
    return [fact for fact in facts if fact]


def _line(item: Item, zone: ZoneInfo) -> Line:
    evidence = tuple(
        f"{_short(each['text'], 160)}{_when(each['at'], zone)}"
        for each in item.signal.evidence[:EVIDENCE]
    )
    return Line(item.signal.words, item.rule.to_do, evidence)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as “Tue 24 Nov, 07:30”."""
    return str(format_datetime(at.astimezone(zone), "EEE d MMM, HH:mm", locale="en"))


def _when(at: str | None, zone: ZoneInfo) -> str:
    if not at:
        return ""
    local = datetime.fromisoformat(at).astimezone(zone)
    return f" ({format_datetime(local, 'd MMM', locale='en')})"


def _deals(count: int) -> str:
    return "1 deal" if count == 1 else f"{count:,} deals"


def _short(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
