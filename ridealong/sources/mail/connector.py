"""A mailbox that is read: new mail and old, sent and received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from typing import Any

from ridealong.lib import clock
from ridealong.lib.again import Refused
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem, Setting
from ridealong.sources.mail.mailbox import Held, Mailbox, opened
from ridealong.sources.mail.message import MAX_BYTES
from ridealong.sources.mail.telling import Rules, told

_PAGE = 100
_PAGE_BYTES = 20 * 1024 * 1024
_DAYS = "365"
Places = dict[str, list[int]]
"""{folder: [its UIDVALIDITY, the last number read]}"""


class Imap:
    """A mailbox on any IMAP server, Google's and Microsoft's among them."""

    kind = "imap"
    title = "Mailbox (IMAP)"
    weighs = "mail"
    # What a mail says is noticed within a minute; a mailbox without news costs a few short answers.
    every = timedelta(seconds=20)
    for_everyone = True
    settings = (
        Setting("host", "Host", help="Such as imap.gmail.com or outlook.office365.com."),
        Setting("port", "Port", default="993"),
        Setting(
            "security",
            "Security",
            kind="choice",
            default="tls",
            choices=("tls", "starttls", "none"),
        ),
        Setting("login", "Login", help="Mostly the e-mail address."),
        Setting(
            "sign_in",
            "Sign in with",
            kind="choice",
            default="password",
            choices=("password", "google", "microsoft"),
        ),
        Setting("password", "Password", kind="secret", required=False),
        Setting(
            "client_id",
            "Client id",
            required=False,
            help="Google and Microsoft: of the application that your administrator registered.",
        ),
        Setting("client_secret", "Client secret", kind="secret", required=False),
        Setting("refresh_token", "Refresh token", kind="secret", required=False),
        Setting("tenant", "Tenant", required=False, help="Microsoft: your directory's id."),
        Setting("token_url", "Token address", required=False, help="Only if it is not the usual."),
        Setting(
            "private_folders",
            "Private folders",
            kind="list",
            required=False,
            help="Never read, nor the folders in them. Drafts, junk and trash are never read.",
        ),
        Setting(
            "excluded_domains",
            "Excluded domains",
            kind="list",
            required=False,
            help="Mail that nobody else takes part in is not kept.",
        ),
        Setting(
            "headers_only",
            "Keep headers only",
            kind="flag",
            required=False,
            help="Who, when and the subject, not the text.",
        ),
        Setting("days", "Days back", default=_DAYS, help="How far back the first load goes."),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count folders and messages. Raises ``Refused`` or ``TryAgain``."""
        since = _since(access, {})
        with opened(access) as mailbox:
            folders = mailbox.folders(access.lines("private_folders"))
            count = sum(
                len(mailbox.newer(0, since))
                for folder in folders
                if mailbox.open(folder) is not None
            )
        plural = "" if len(folders) == 1 else "s"
        return f"{access['login']}: {count:,} messages in {len(folders)} folder{plural}."

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read what is new in each folder; one that the server numbered anew is read anew."""
        since = _since(access, cursor)
        rules = Rules(
            excluded=frozenset(d.lower().lstrip("@") for d in access.lines("excluded_domains")),
            headers_only=access.flag("headers_only"),
        )
        places: Places = {name: list(place) for name, place in cursor.get("folders", {}).items()}
        with opened(access) as mailbox:
            waiting = _waiting(mailbox, access, places, since)
            yield from _pages(mailbox, waiting, places, since=since, ours=ours, rules=rules)


CONNECTORS = (Imap(),)


def _since(access: Access, cursor: Cursor) -> date:
    """From which day on mail is read: settled by the first sync."""
    if cursor.get("since"):
        return date.fromisoformat(cursor["since"])
    try:
        days = int(access["days"] or _DAYS)
        return clock.now().astimezone(UTC).date() - timedelta(days=days)
    except (ValueError, OverflowError) as error:
        raise Refused(f"Days back: {access['days']!r} is no number of days.") from error


def _waiting(
    mailbox: Mailbox, access: Access, places: Places, since: date
) -> dict[str, list[int] | None]:
    """What is new in each folder, None where it cannot be opened; sets the places anew."""
    found: dict[str, list[int] | None] = {}
    folders = mailbox.folders(access.lines("private_folders"))
    for gone in places.keys() - set(folders):
        del places[gone]
    for folder in folders:
        validity = mailbox.open(folder)
        if validity is None:
            found[folder] = None
            continue
        place = places.get(folder)
        if place is None or place[0] != validity:
            places[folder] = place = [validity, 0]
        found[folder] = mailbox.newer(place[1], since)
    return found


def _pages(
    mailbox: Mailbox,
    waiting: Mapping[str, list[int] | None],
    places: Places,
    *,
    since: date,
    ours: Ours,
    rules: Rules,
) -> Iterator[Page]:
    total = sum(len(uids or ()) for uids in waiting.values())
    done = 0
    for folder, uids in waiting.items():
        if uids is None or mailbox.open(folder) is None:
            shut = Problem(folder, "The mail server does not let this folder be opened.")
            yield Page((), _cursor(places, since), "mail", done, total, (shut,))
            continue
        for start in range(0, len(uids), _PAGE):
            part = uids[start : start + _PAGE]
            for held in _portions(mailbox.sizes(part)):
                facts, problems = _read(mailbox, folder, held, ours, rules)
                places[folder][1] = held[-1].uid
                seen = done + sum(uid <= held[-1].uid for uid in part)
                yield Page(facts, _cursor(places, since), "mail", seen, total, problems)
            done += len(part)
            places[folder][1] = part[-1]


def _portions(held: Iterable[Held]) -> Iterator[list[Held]]:
    """Cut messages so that what is read at once fits into memory."""
    portion: list[Held] = []
    size = 0
    for each in held:
        weight = each.size if each.size <= MAX_BYTES else 0
        if portion and size + weight > _PAGE_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(each)
        size += weight
    if portion:
        yield portion


def _read(
    mailbox: Mailbox, folder: str, held: list[Held], ours: Ours, rules: Rules
) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    facts: dict[str, Fact] = {}
    problems = [
        Problem(f"message {each.uid}", f"It has {each.size // 1024**2} MB, too many to be read.")
        for each in held
        if each.size > MAX_BYTES
    ]
    small = [each.uid for each in held if each.size <= MAX_BYTES]
    for _, received, raw in mailbox.messages(small):
        result = told(raw, received, ours, rules, place=folder)
        if isinstance(result, Problem):
            problems.append(result)
        elif result is not None:
            facts.setdefault(result.key, result)
    return tuple(facts.values()), tuple(problems)


def _cursor(places: Places, since: date) -> dict[str, Any]:
    return {"since": since.isoformat(), "folders": {n: list(p) for n, p in places.items()}}
