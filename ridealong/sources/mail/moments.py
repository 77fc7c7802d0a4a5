"""When a mail was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ridealong.sources.mail.headers import Headers

YEARS = range(1970, 2101)


def sent_at(headers: Headers, received: datetime) -> datetime:
    """Return when a mail was sent, else when a server last took it, else when we did."""
    for value in headers.all("date"):
        if moment := _moment(value):
            return moment
    return max(_received(headers), default=received.astimezone(UTC))


def _received(headers: Headers) -> Iterator[datetime]:
    for value in headers.all("received"):
        if moment := _moment(value.rpartition(";")[2]):
            yield moment


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip()[:200])
        # Without a zone it is in UTC: that is how the standard writes "-0000".
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError):
        return None
    return moment if moment.year in YEARS else None
