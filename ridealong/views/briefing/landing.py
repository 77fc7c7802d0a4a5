"""Where week, month and quarter stand: what is won, what should come, what is called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from ridealong.lib.clock import end_of_day, start_of_day
from ridealong.lib.periods import SPANS, Period, period_named, period_of
from ridealong.record.calling import Called
from ridealong.record.pipeline import Pipeline
from ridealong.record.winning import Win
from ridealong.views import forecasting
from ridealong.views.briefing.figures import Call, Landing
from ridealong.views.briefing.lineup import Lineup
from ridealong.views.inspection import Selection

ALL = Selection()


def landings(pipe: Pipeline, lineup: Lineup) -> tuple[Landing, ...]:
    """Return the three periods of the moment, each with where it is likely to land."""
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    periods = [period_of(span, today) for span in SPANS]
    called = calls(pipe, periods)
    won = {period.span: forecasting.won_in(pipe, period) for period in periods}
    likely = forecasting.likely(pipe, {span: figure.amount for span, figure in won.items()})
    return tuple(
        Landing(
            span=period.span,
            period=period.name,
            title=f"This {period.span}",
            begins=start_of_day(period.first, pipe.organisation.time_zone),
            won=won[period.span],
            due=lineup.counted(Selection(closes=period.span)),
            range=likely.ranges.get(period.span),
            calls=called[period.name],
            why_none=likely.problem,
        )
        for period in periods
    )


def won_of(pipe: Pipeline, period: Period, member: int) -> Decimal:
    """Return what ``won_by`` does, of one member and period."""
    return won_by(pipe, [(period, member)])[period, member]


def won_by(
    pipe: Pipeline, asked: Collection[tuple[Period, int]]
) -> dict[tuple[Period, int], Decimal]:
    """Return what members and those below them won in periods, in the company's currency.

    As of the moment looked at, or of a period's end where it is over; below them are those who
    were so then.
    """
    zone = pipe.organisation.time_zone
    periods = sorted({period for period, _ in asked}, key=lambda each: each.name)
    ends = [min(end_of_day(period.last, zone), pipe.at) for period in periods]
    begins = [start_of_day(period.first, zone) for period in periods]
    spans = [(min(begin, end), end) for begin, end in zip(begins, ends, strict=True)]
    found = {}
    for period, (_, end), won in zip(periods, spans, pipe.calling.won(spans), strict=True):
        worth = _worth(pipe, pipe.moved(end, pipe.known), won)
        for member in {each for of, each in asked if of == period}:
            values = (value for win, value in zip(won, worth, strict=True) if member in win.of)
            found[period, member] = sum(values, Decimal(0))
    return found


def _worth(pipe: Pipeline, then: Pipeline, won: Sequence[Win]) -> list[Decimal]:
    """What deals were worth then; the rates of then are read where one of them needs any."""
    own = {"", pipe.organisation.currency}
    values = (
        win.amount if win.currency in own else then.conversion.value(win.amount, win.currency)
        for win in won
    )
    return [value or Decimal(0) for value in values]


def calls(pipe: Pipeline, periods: Sequence[Period]) -> dict[str, tuple[Call, ...]]:
    """Return {period: the numbers called for it}: the viewer's own first, then other leaders'."""
    leaders = {each.id for each in pipe.leading.leaders()}
    viewer = pipe.viewer.id if pipe.viewer else 0
    found = calls_of_all(pipe, periods)
    return {
        period: tuple(call for call in of_it if call.member_id in leaders | {viewer})
        for period, of_it in found.items()
    }


def calls_of_all(pipe: Pipeline, periods: Sequence[Period]) -> dict[str, tuple[Call, ...]]:
    """Return the same, salespeople's own numbers too."""
    viewer = pipe.viewer.id if pipe.viewer else 0
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    said: dict[tuple[str, int], list[Called]] = {}
    names_of_periods = {period.name for period in periods}
    for each in pipe.calling.numbers_over_time(names_of_periods):
        said.setdefault((each.period, each.member_id), []).append(each)
    standing = {(each.period, each.member_id) for each in pipe.calling.numbers(names_of_periods)}
    found: dict[str, list[Call]] = {name: [] for name in names_of_periods}
    for (period, member), history in said.items():
        if (period, member) in standing:
            found[period].append(_call(names.get(member, "Somebody"), history))
    return {
        period: tuple(sorted(of_it, key=lambda call: (call.member_id != viewer, call.member)))
        for period, of_it in found.items()
    }


def _call(name: str, history: Sequence[Called]) -> Call:
    # Another note on the same number is no other number.
    last = history[-1]
    numbers: list[Called] = []
    for each in history:
        if not numbers or numbers[-1].amount != each.amount:
            numbers.append(each)
    return Call(
        member_id=last.member_id,
        member=name,
        at=numbers[-1].at,
        amount=last.amount,
        note=last.note,
        earlier=tuple((each.at, each.amount) for each in numbers[:-1]),
    )


def callable_periods(today: date) -> list[tuple[str, str]]:
    """Return (name, words) of the periods that a number can be called for: these and the next."""
    found = []
    for span in SPANS:
        this = period_of(span, today)
        following = period_of(span, date.fromordinal(this.last.toordinal() + 1))
        found += [(this.name, f"this {span}"), (following.name, f"next {span}")]
    return [(name, f"{words} ({spoken(name)})") for name, words in found]


def spoken(name: str) -> str:
    """Return a period as a person says it: “November 2026”, “week 48”, “Q4 2026”."""
    period = period_named(name)
    if period.span == "month":
        return f"{period.first:%B %Y}"
    year, _, part = name.partition("-")
    return f"week {part[1:]}" if period.span == "week" else f"{part} {year}"
