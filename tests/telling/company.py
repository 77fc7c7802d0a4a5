"""A company in which something is noticed, for tests of how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from ridealong.lib import clock
from ridealong.record import directory
from ridealong.record.facts import Fact
from ridealong.record.states import Member
from ridealong.sources.stating import Noticed, notice
from tests.record.telling import member
from tests.views.test_inspection import started, told

RULE = "close_date_past"


def company(*facts: Fact) -> dict[str, Member]:
    """A company with deals of Sam's, Sue's and Bo's; everybody but Bo has an account."""
    told(
        started("A1", name="Harbour rollout", amount="9000"),
        started("A2", name="Pump audit"),
        started("B1", name="Sensor line", salesperson="sue"),
        started("C1", name="Crane lease", salesperson="bo"),
        member("ona", role="owner"),
        member("lea", role="leader"),
        member("adi", role="admin"),
        *facts,
    )
    found = {each.key: each for each in directory.members()}
    for key in ("sam", "sue", "lea", "ona", "adi"):
        # Without a password: nobody signs in here, and hashing one takes its time.
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", member_id=found[key].id
        )
    return found


def raised(*deals: str, rule: str = RULE, at: datetime | None = None, **more: Any) -> datetime:
    """Let a rule's cause be noticed on deals, now; return when that was."""
    moment = at or clock.now()
    evidence = [{"text": "from 1 Feb to 10 Feb", "activity": "", "at": moment.isoformat()}]
    words = more.get("words", "It was to close on 10 Feb 2026, and is open.")
    notice([Noticed(rule, deal, moment, words, evidence) for deal in deals], at=moment)
    return moment


def cleared(*deals: str, rule: str = RULE) -> None:
    """Let the cause be gone."""
    notice([Noticed(rule, deal, None) for deal in deals], at=clock.now())


def workday(hour: float, *, days: int = 0) -> datetime:
    """Return that hour of a working day, UTC: a Wednesday, and so many days on."""
    return datetime.fromisoformat("2026-12-02T00:00+00:00") + timedelta(hours=hour, days=days)


def subjects(mails: Iterable[Any]) -> list[str]:
    """Return the subjects of mails, in order of the alphabet."""
    return sorted(str(mail["Subject"]) for mail in mails)


def plain(mail: Any) -> str:
    """Return what a mail says as plain text."""
    return str(mail.get_body(("plain",)).get_content())


def to(mails: Iterable[Any]) -> list[str]:
    """Return to whom mails went, in order of name."""
    return sorted(str(mail["To"]).split()[0] for mail in mails)
