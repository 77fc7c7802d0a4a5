"""A calendar at an address, or in a file: read whole, whenever it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import requests

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Setting
from ridealong.sources.calendar.pages import EXCLUDED, SIZE, around, excluded, sorted_out
from ridealong.sources.calendar.reading import MAX_BYTES, Unreadable, meetings
from ridealong.sources.calendar.remembering import Memory
from ridealong.sources.calendar.telling import Rules

_TIMEOUT = (10.0, 60.0)


class _Whole:
    """A calendar that is read whole."""

    weighs = "calendar"
    every = timedelta(minutes=10)

    def content(self, access: Access) -> bytes:
        """Return the calendar's text. Raises ``Refused`` or ``TryAgain``."""
        raise NotImplementedError

    def check(self, access: Access, ours: Ours) -> str:
        """Count the events. Raises ``Refused`` or ``TryAgain``."""
        moment, _ = around({})
        try:
            read = list(meetings(self.content(access), around=moment, zone=ours.zone))
        except Unreadable as error:
            raise Refused(str(error)) from error
        return f"{len(read):,} event{'' if len(read) == 1 else 's'}."

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read the calendar where it is other than the last time."""
        raw = self.content(access)
        mark = hashlib.sha256(raw).hexdigest()
        moment, anew = around(cursor)
        started = cursor.get("reading") == mark
        if not anew and not started and cursor.get("read") == mark:
            return
        skip = int(cursor.get("done", 0)) if started and not anew else 0
        rules = Rules(excluded(access.lines("excluded_domains")))
        memory = Memory(cursor.get("told", {}), around=moment, ours=ours, rules=rules)
        yield from _pages(raw, mark, memory, skip=skip)


def _pages(raw: bytes, mark: str, memory: Memory, *, skip: int) -> Iterator[Page]:
    moment = memory.around
    try:
        items = list(meetings(raw, around=moment, zone=memory.ours.zone))
    except Unreadable as error:
        raise Refused(str(error)) from error
    total, done = len(items), skip
    waiting = iter(items[skip:])
    while part := list(islice(waiting, SIZE)):
        said = [
            each
            for uid, (found, problems) in part
            for each in (*problems, *memory.read(uid, found))
        ]
        done += len(part)
        facts, left_out = sorted_out(said)
        cursor = {
            "around": moment.isoformat(),
            "reading": mark,
            "done": done,
            "told": memory.shape(),
        }
        yield Page(facts, cursor, "events", done, total, left_out)
    vanished = [
        f for uid in sorted(memory.items - {u for u, _ in items}) for f in memory.forget(uid)
    ]
    cursor = {"around": moment.isoformat(), "read": mark, "told": memory.shape()}
    yield Page(tuple(vanished), cursor, "events", total, total)


class AtAddress(_Whole):
    """A calendar that is published at an address."""

    kind = "ics"
    title = "Calendar (ICS address)"
    for_everyone = True
    settings = (
        Setting(
            "address",
            "Address",
            kind="secret",
            help="The private ICS address, https:// or webcal://.",
        ),
        EXCLUDED,
    )

    def content(self, access: Access) -> bytes:
        """Fetch it.

        Raises ``Refused`` or ``TryAgain``; neither names the address, which is a secret.
        """
        address = access["address"].replace("webcal://", "https://", 1)
        host = urlsplit(address).hostname
        if urlsplit(address).scheme not in {"http", "https"} or not host:
            raise Refused("Address: it begins with https:// or webcal://.")
        try:
            with requests.get(address, timeout=_TIMEOUT, stream=True) as response:
                if response.status_code in {401, 403, 404, 410}:
                    raise Refused(f"Address: {host} answers {response.status_code} to it.")
                if not response.ok:
                    raise TryAgain(f"{host} answered {response.status_code}.")
                return _limited(response)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
            raise Refused("Address: it leads to no calendar.") from error
        except requests.RequestException as error:
            raise TryAgain(f"{host} could not be reached.") from error


def _limited(response: requests.Response) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_content(1024 * 1024):
        size += len(piece)
        if size > MAX_BYTES:
            raise Refused(f"The calendar has more than {MAX_BYTES // 1024**2} MB.")
        pieces.append(piece)
    return b"".join(pieces)


class InFile(_Whole):
    """A calendar in a file of the machine that Ridealong runs on."""

    kind = "ics-file"
    title = "Calendar (ICS file)"
    for_everyone = False
    settings = (
        Setting("file", "File", help="Its absolute path on the machine that Ridealong runs on."),
        EXCLUDED,
    )

    def content(self, access: Access) -> bytes:
        """Read it. Raises ``Refused``."""
        path = Path(access["file"]).expanduser()
        try:
            if path.stat().st_size > MAX_BYTES:
                raise Refused(f"File: it has more than {MAX_BYTES // 1024**2} MB.")
            return path.read_bytes()
        except OSError as error:
            raise Refused(f"File: {path} cannot be read: {error.strerror}.") from error
