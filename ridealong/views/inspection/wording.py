"""Values of a deal as words a person reads aloud or in a list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

from ridealong.record.states import DealState
from ridealong.views.inspection.figures import Change, ChangeKind, FieldChange, Value

CATEGORY_WORDS = {
    "omitted": "Omitted",
    "pipeline": "Pipeline",
    "best_case": "Best case",
    "most_likely": "Most likely",
    "commit": "Commit",
    "closed": "Closed",
}
STATUS_WORDS = {"open": "Open", "won": "Won", "lost": "Lost"}
FIELD_WORDS = {
    "name": "Name",
    "company": "Company",
    "salesperson": "Salesperson",
    "stage": "Stage",
    "status": "Status",
    "amount": "Amount",
    "close_date": "Close date",
    "category": "Forecast category",
    "next_step": "Next step",
    "product": "Product",
    "lost_reason": "Reason for the loss",
}


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount in words such as “€12,400”; "" without one. Cents only where there are."""
    if amount is None:
        return ""
    if amount == amount.to_integral_value():
        return total(amount, currency)
    return str(format_currency(amount, currency or "EUR", locale="en"))


def total(amount: Decimal, currency: str) -> str:
    """Return an amount in words, rounded to whole units."""
    return str(
        format_currency(
            amount, currency or "EUR", format="¤#,##0", locale="en", currency_digits=False
        )
    )


def day(value: date | None) -> str:
    """Return a day such as “14 Dec 2026”; "" without one."""
    return "" if value is None else str(format_date(value, "d MMM yyyy", locale="en"))


def when(moment: datetime, at: datetime, zone: ZoneInfo) -> str:
    """Say how far from ``at`` a moment is, by days of the calendar of ``zone``.

    “Today”, “yesterday”, “tomorrow”, “3 days ago”, “in 5 weeks”.
    """
    days = (moment.astimezone(zone).date() - at.astimezone(zone).date()).days
    if abs(days) <= 1:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    words = span(timedelta(days=abs(days)))
    return f"{words} ago" if days < 0 else f"in {words}"


def span(length: timedelta) -> str:
    """Say how long: “1 day”, “9 days”, “3 weeks”, “5 months”."""
    days = max(0, length.days)
    if not days:
        return "less than a day"
    for unit, size, least in (("year", 365, 730), ("month", 30, 90), ("week", 7, 21)):
        if days >= least:
            return f"{days // size} {unit}s"
    return "1 day" if days == 1 else f"{days} days"


def value_words(deal: DealState, field: str) -> str:
    """Return one field of a deal in words; "" where it is empty."""
    if field == "amount":
        return money(deal.amount, deal.currency)
    if field == "close_date":
        return day(deal.close_date)
    if field == "category":
        return CATEGORY_WORDS.get(deal.category, "")
    if field == "status":
        return STATUS_WORDS[deal.status]
    return str(getattr(deal, field))


def field_words(before: DealState | None, after: DealState) -> tuple[FieldChange, ...]:
    """Return what changed from one version to the next; of the first version, what it was."""
    changes = []
    for field, name in FIELD_WORDS.items():
        old = value_words(before, field) if before else ""
        new = value_words(after, field)
        if old != new and not (before is None and field in {"name", "status"}):
            changes.append(FieldChange(name, old, new))
    # The stage of a closed deal says won or lost itself.
    if any(change.field == "Stage" for change in changes):
        changes = [change for change in changes if change.field != "Status"]
    return tuple(changes)


CHANGE_WORDS: dict[ChangeKind, str] = {
    "new": "New",
    "won": "Won",
    "lost": "Lost",
    "reopened": "Reopened",
    "pushed": "Pushed",
    "pulled_in": "Pulled in",
    "amount_up": "Amount up",
    "amount_down": "Amount down",
    "stage_forward": "Stage forward",
    "stage_back": "Stage back",
    "salesperson_changed": "Salesperson changed",
}


def change_words(change: Change) -> str:
    """Return from what to what, such as “14 Dec 2026 → 30 Jan 2027”."""
    return " → ".join(_side(change, value) for value in (change.before, change.after) if value)


def _side(change: Change, value: Value) -> str:
    if isinstance(value, Decimal):
        return money(value, change.deal.currency)
    return day(value) if isinstance(value, date) else str(value)
