"""Calendars on a CalDAV server: what changed, by the server's own token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import niquests
from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, NotFoundError, ReportError

from ridealong.lib.again import Refused, TryAgain
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem, Setting
from ridealong.sources.calendar.pages import EXCLUDED, SIZE, around, excluded, sorted_out
from ridealong.sources.calendar.reading import Unreadable, meetings
from ridealong.sources.calendar.remembering import Memory
from ridealong.sources.calendar.telling import Rules

_TIMEOUT = 60


class Server:
    """Somebody's calendars on a server."""

    kind = "caldav"
    title = "Calendar (CalDAV)"
    weighs = "calendar"
    every = timedelta(minutes=10)
    for_everyone = True
    settings = (
        Setting("url", "Address", help="Of the server or of your calendars on it, https://."),
        Setting("login", "Login"),
        Setting("password", "Password", kind="secret", help="Often one made for this application."),
        Setting(
            "private_calendars",
            "Private calendars",
            kind="list",
            required=False,
            help="Their names; they are never read.",
        ),
        EXCLUDED,
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Name the calendars. Raises ``Refused`` or ``TryAgain``."""
        with _calendars(access) as found:
            names = ", ".join(sorted(found))
        return f"Calendars: {names}." if names else "There is no calendar yet."

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read what changed in each calendar; all of it where the server lost its token."""
        moment, anew = around(cursor)
        before: dict[str, str | None] = {} if anew else dict(cursor.get("tokens", {}))
        told = {url: dict(items) for url, items in cursor.get("told", {}).items()}
        rules = Rules(excluded(access.lines("excluded_domains")))
        tokens = dict(before)
        with _calendars(access) as found:
            for name, calendar in sorted(found.items()):
                url = str(calendar.url)
                memory = Memory(told.get(url, {}), around=moment, ours=ours, rules=rules)
                for page in _of(calendar, name, before.get(url), memory):
                    told[url] = memory.shape()
                    tokens |= page.cursor
                    kept = {
                        "around": moment.isoformat(),
                        "tokens": dict(tokens),
                        "told": {each: dict(items) for each, items in told.items()},
                    }
                    yield replace(page, cursor=kept)


@contextmanager
def _calendars(access: Access) -> Iterator[dict[str, Any]]:
    """Sign in and find the calendars by name. Raises ``Refused`` or ``TryAgain``."""
    private = {name.casefold() for name in access.lines("private_calendars")}
    url = access["url"]
    try:
        client: Any = DAVClient(
            url,
            username=access["login"],
            password=access["password"],
            timeout=_TIMEOUT,
            enable_rfc6764=False,
            require_tls=False,
        )
        with client:
            named = {
                str(each.get_display_name() or each.url): each
                for each in client.principal().get_calendars()
            }
            yield {name: each for name, each in named.items() if name.casefold() not in private}
    except AuthorizationError as error:
        raise Refused(f"Login or password: {url} does not let {access['login']} in.") from error
    except (NotFoundError, ValueError) as error:
        raise Refused(f"Address: there are no calendars at {url}.") from error
    except (DAVError, niquests.exceptions.RequestException, OSError) as error:
        raise TryAgain(f"{url} could not be read: {type(error).__name__}.") from error


def _of(calendar: Any, name: str, token: str | None, memory: Memory) -> Iterator[Page]:
    """Read what changed; the last page's cursor holds the new token."""
    urls, fresh, whole = _changed(calendar, token)
    doing = f"events of {name}"[:40]
    for start in range(0, len(urls), SIZE):
        part = urls[start : start + SIZE]
        facts, problems = sorted_out(_told(calendar, part, memory))
        yield Page(facts, {}, doing, start + len(part), len(urls), problems)
    gone = sorted(memory.items - {_item(url) for url in urls}) if whole else []
    vanished = tuple(fact for item in gone for fact in memory.forget(item))
    yield Page(vanished, {str(calendar.url): fresh}, doing, len(urls), len(urls))


def _changed(calendar: Any, token: str | None) -> tuple[list[Any], str | None, bool]:
    """Return where what changed lies, the next token, and whether that is all there is."""
    try:
        changed = calendar.get_objects_by_sync_token(token, disable_fallback=True)
    except AuthorizationError as error:
        # How a server says that it does not know the token: RFC 6578, 3.2.
        if token is None or not any("valid-sync-token" in str(p) for p in error.preconditions):
            raise
        return _changed(calendar, None)
    except ReportError:
        if token is not None:
            return _changed(calendar, None)
        # A server without tokens: everything, every time.
        return sorted((each.url for each in calendar.search()), key=str), None, True
    urls = sorted((each.url for each in changed), key=str)
    return urls, str(changed.sync_token), token is None


def _told(calendar: Any, urls: list[Any], memory: Memory) -> Iterator[Fact | Problem]:
    held = {_item(each.url): each.data for each in calendar.multiget(urls)}
    for url in map(_item, urls):
        data = held.get(url)
        if not data:
            yield from memory.forget(url)
            continue
        raw = data if isinstance(data, bytes) else str(data).encode()
        try:
            read = list(meetings(raw, around=memory.around, zone=memory.ours.zone))
        except Unreadable as error:
            yield Problem(url.rpartition("/")[2], str(error))
            continue
        for _, (_, problems) in read:
            yield from problems
        yield from memory.read(url, [each for _, (found, _) in read for each in found])


def _item(url: Any) -> str:
    """One name for what a server writes with and without escapes."""
    return unquote(str(url))
