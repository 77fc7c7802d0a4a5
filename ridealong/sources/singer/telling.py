"""A record of a stream as facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dateutil import parser

from ridealong.record.facts import LINE, Fact, InvalidFact, checked
from ridealong.sources.base.deals import deal_facts
from ridealong.sources.singer.mapping import Stream

EARLY = datetime(2000, 1, 1, tzinfo=UTC)
"""When members, companies, contacts and stages are said to be: before anything else."""
_LONG = frozenset({"next_step", "text"})
_MOMENTS = frozenset({"begins"})
_DAYS = frozenset({"close_date"})


class BadRecord(ValueError):
    """A record that cannot be taken in; the text names the property and what is wrong."""


def facts_of(stream: Stream, record: dict[str, Any]) -> Iterator[Fact]:
    """Yield what a record says. Raises ``BadRecord``: then nothing of it may be kept."""
    key = _text(at_path(record, stream.key))
    if not key or len(key) > LINE // 2:
        raise BadRecord(f"{stream.key}: the record has no id of 1 to {LINE // 2} letters")
    values = {
        name: _value(stream, name, path, at_path(record, path))
        for name, path in stream.fields.items()
    }
    try:
        yield from map(checked, _told(stream, record, key, values))
    except InvalidFact as error:
        raise BadRecord(str(error)) from error


def _told(
    stream: Stream, record: dict[str, Any], key: str, values: dict[str, Any]
) -> Iterator[Fact]:
    created = _moment(stream.created, at_path(record, stream.created)) or EARLY
    modified = _moment(stream.modified, at_path(record, stream.modified)) or created
    if stream.deleted and at_path(record, stream.deleted) not in (None, False, "", 0, "false"):
        yield Fact(stream.kind, key, modified, {"deleted": True}, f"deleted:{key}")
    elif stream.kind == "deal":
        yield from deal_facts(key, created=created, modified=modified, values=values)
    elif stream.kind == "activity":
        yield Fact("activity", key, created, values, f"activity:{key}")
    else:
        yield Fact(stream.kind, key, EARLY, values, f"{stream.kind}:{key}")


def at_path(record: Any, path: str) -> Any:
    """Return what lies at a path with dots ("properties.dealname.value"); None for nothing.

    Of several paths ("org_id.value | org_id") the first that leads to a plain value counts.
    """
    for each in path.split("|"):
        found = _at(record, each.strip())
        if found is not None and not isinstance(found, dict):
            return found
    return None


def _at(record: Any, path: str) -> Any:
    if not path:
        return None
    for part in path.split("."):
        if not isinstance(record, dict):
            return None
        record = record.get(part)
    return record


def _value(stream: Stream, name: str, path: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    table = stream.values.get(name)
    if table is not None:
        found = table.get(_text(value), table.get("*"))
        if found is None:
            raise BadRecord(f"{path}: {value!r} is none of {', '.join(table)}")
        return found
    if name in _DAYS | _MOMENTS:
        moment = _moment(path, value)
        return moment.date() if moment and name in _DAYS else moment
    return _plain(name, value)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Decimal) and name != "amount":
        return float(value)
    if isinstance(value, bool | list | dict | float):
        return value
    text = _text(value).replace("\x00", "")
    return text if name in _LONG else text[:LINE]


def _moment(path: str, value: Any) -> datetime | None:
    """Read a moment, or a day, in UTC where nothing else is said; numbers are milliseconds."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return datetime.fromtimestamp(float(value) / 1000, UTC)
        read = parser.isoparse(str(value)) if str(value)[:4].isdigit() else parser.parse(str(value))
    except (ValueError, OverflowError, OSError) as error:
        raise BadRecord(f"{path}: {value!r} is not a time") from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
