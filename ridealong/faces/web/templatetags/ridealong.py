"""How figures, moments and links are written on pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_compact_currency
from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ridealong.record.states import DealState
from ridealong.views.briefing import Brief, Landing, agreed_words, spoken
from ridealong.views.inspection import Change, Figure
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words
from ridealong.views.inspection.wording import day as day_words
from ridealong.views.inspection.wording import money as money_words
from ridealong.views.inspection.wording import total as total_words
from ridealong.views.inspection.wording import when as when_words
from ridealong.views.signals import Choice

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount in full; a dash for none."""
    return money_words(amount, currency) or "–"


@register.filter
def total(amount: Decimal, currency: str) -> str:
    """Return an amount in whole units."""
    return total_words(amount, currency)


@register.filter
def short(amount: Decimal, currency: str) -> str:
    """Return an amount such as “€1.24M”, for where there is little room."""
    digits = 2 if abs(amount) >= 1_000_000 else 0
    return str(format_compact_currency(amount, currency, locale="en", fraction_digits=digits))


@register.filter
def day(value: date | None) -> str:
    """Return a day; a dash for none."""
    return day_words(value) or "–"


@register.simple_tag
def ago(moment: datetime | None, at: datetime, zone: Any) -> SafeString:
    """Say how long before or after ``at`` a moment is, with the exact one on hover."""
    if moment is None:
        return mark_safe("<span class='faint'>never</span>")
    local = moment.astimezone(zone)
    exact = format_datetime(local, "EEEE d MMMM yyyy, HH:mm", locale="en")
    words = when_words(moment, at, zone)
    return format_html("<time datetime='{}' title='{}'>{}</time>", local.isoformat(), exact, words)


@register.simple_tag
def when(moment: datetime, zone: Any, form: str = "EEE d MMM yyyy, HH:mm") -> str:
    """Return a moment in the company's time zone."""
    return str(format_datetime(moment.astimezone(zone), form, locale="en"))


@register.filter
def percent(share: float) -> str:
    """Return a share in whole percent."""
    return f"{share:.0%}"


@register.filter
def signed(share: float) -> str:
    """Return a share in whole percent with its sign."""
    return f"{share:+.0%}"


@register.filter
def plural(kind: str) -> str:
    """Return what several subjects of a kind are called."""
    return {"company": "companies", "activity": "activities"}.get(kind, f"{kind}s")


@register.filter
def get(values: Any, name: str) -> Any:
    """Return what a mapping has under a name."""
    return values.get(name, "")


@register.filter
def weekday(value: date) -> str:
    """Return a day with its weekday."""
    return str(format_date(value, "EEE d MMM", locale="en"))


@register.simple_tag
def deals_of(figure: Figure, times: str = "", **more: str) -> str:
    """Return the address of exactly the deals that a figure counts."""
    query = urlencode({**figure.selection.query(), **more})
    whole = "&".join(part for part in (query, times) if part)
    return f"{reverse('pipeline')}?{whole}" if whole else reverse("pipeline")


@register.simple_tag
def won_in(landing: Landing, times: str = "") -> str:
    """Return the address of exactly the deals that were won in a period."""
    said = {**dict(parse_qsl(times)), "since": landing.begins.isoformat()}
    return f"{reverse('pipeline')}?{urlencode({**landing.won.selection.query(), **said})}"


@register.filter
def period(name: str) -> str:
    """Return a period as a person says it."""
    return spoken(name)


@register.simple_tag
def choice_of(choice: Choice, times: str = "") -> str:
    """Return the address of exactly the signals that a figure counts."""
    whole = "&".join(part for part in (urlencode(choice.query()), times) if part)
    return f"{reverse('signals')}?{whole}"


@register.filter
def moment(text: str) -> datetime:
    """Return a moment that is kept as text."""
    return datetime.fromisoformat(text)


@register.simple_tag(takes_context=True)
def changed(context: template.Context, **more: Any) -> str:
    """Return this page's address with some of its query changed; "" takes a name out."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in more.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def change_name(change: Change) -> str:
    """Return what a kind of change is called."""
    return CHANGE_WORDS[change.kind]


@register.filter
def from_to(change: Change) -> str:
    """Return from what to what."""
    return change_words(change)


@register.filter
def tone(kind: str) -> str:
    """Return how a change is coloured: good, bad or plain."""
    if kind in {"won", "pulled_in", "amount_up", "stage_forward", "new", "reopened"}:
        return "good"
    return "bad" if kind in {"lost", "pushed", "amount_down", "stage_back"} else "plain"


@register.filter
def part_of(amount: Decimal, largest: Decimal) -> int:
    """Return how many hundredths of the largest an amount is."""
    return int(amount * 100 / largest) if largest else 0


@register.filter
def words(name: str) -> str:
    """Return a name of ours as words."""
    return "ride-along" if name == "ride_along" else name.replace("_", " ")


@register.filter
def roughly(length: timedelta) -> str:
    """Return a time as a person says it, in one unit: “40 seconds”, “3 minutes”."""
    return format_timedelta(length, threshold=1.5, locale="en")


@register.simple_tag
def agreed_on(brief: Brief, deal: DealState) -> SafeString:
    """Say what leader and salesperson agreed about a deal at risk; nothing where they did not."""
    agreed = brief.agreed_on(deal.id)
    if agreed is None:
        return mark_safe("<p class='agreed faint'>Nothing is agreed.</p>")
    return format_html("<p class='agreed'>Agreed: {}</p>", agreed_words(agreed))
