"""How fast a calendar is read: ``python -m bench.calendar [EVENTS]``.

An ICS file of single meetings, and a tenth of them series of ten, is told through the connector,
and then expanded by icalendar and recurring-ical-events alone over the same time. Printed: meetings
a second of both, their ratio, and the most memory that the connector's part took.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from ridealong.lib import clock
from ridealong.sources.base.connector import Access, Ours
from ridealong.sources.calendar.files import InFile
from ridealong.sources.calendar.reading import AHEAD, PAST

OURS = Ours(
    frozenset({"seller.example"}), {"sam@seller.example": "sam"}, "EUR", ZoneInfo("Europe/Berlin")
)


def written(number: int) -> bytes:
    """Write a calendar around today."""
    today = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    events = []
    for each in range(number):
        start = today + timedelta(days=each % 300 - 200, minutes=each % 480)
        rule = "RRULE:FREQ=WEEKLY;COUNT=10\n" if each % 10 == 0 else ""
        events.append(
            f"BEGIN:VEVENT\nUID:{each}@bench\nSUMMARY:Meeting {each}\nDURATION:PT45M\n{rule}"
            f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}\nCREATED:20260101T000000Z\n"
            "ORGANIZER:mailto:sam@seller.example\n"
            f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:p{each % 900}@buyer{each % 90}.example\n"
            "END:VEVENT\n"
        )
    whole = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{''.join(events)}END:VCALENDAR\n"
    return whole.replace("\n", "\r\n").encode()


def told(path: Path) -> tuple[int, float]:
    """Tell everything; return how many facts, and the seconds."""
    start = time.perf_counter()
    pages = InFile().pull(Access({"file": str(path)}), {}, OURS)
    return sum(len(page.facts) for page in pages), time.perf_counter() - start


def library(path: Path) -> tuple[int, float]:
    """Read and expand everything with the libraries alone."""
    start, now = time.perf_counter(), datetime.now(UTC)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = recurring_ical_events.of(calendar).between(now - PAST, now + AHEAD)
    return len(found), time.perf_counter() - start


def main() -> None:
    """Write a calendar and read it both ways."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.ics"
        path.write_bytes(written(number))
        alone, alone_seconds = library(path)
        count, seconds = told(path)
        print(f"{number:,} events, {count:,} meetings told: {count / seconds:,.0f}/s")
        print(f"the libraries alone: {alone:,} meetings, {alone / alone_seconds:,.0f}/s")
        print(f"the connector takes {seconds / alone_seconds:.2f} times as long")
        tracemalloc.start()
        told(path)
        print(f"most memory while telling: {tracemalloc.get_traced_memory()[1] / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
