"""What a person enters by hand: the company, members, rates, briefs kept."""

from __future__ import annotations

import secrets
from typing import Any

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.facts import SELF, Fact
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.sources.people.answering import answer, take_back
from ridealong.sources.people.editing import edit
from ridealong.sources.people.speaking import PEOPLE, say


def set_up_company(*, name: str, currency: str, time_zone: str) -> None:
    """Name the company, its currency (ISO 4217) and its time zone (IANA)."""
    say("organisation", SELF, {"name": name, "currency": currency, "time_zone": time_zone})


def set_rate(currency: str, per_unit: str) -> None:
    """State what one unit of ``currency`` is worth in the company's, for all times.

    A rate that holds from today only would leave every past total without one.
    """
    at = clock.start_of_day(clock.now().date().replace(year=2000, month=1, day=1), clock.UTC_ZONE)
    moment = clock.now().isoformat()
    fact = Fact("rate", currency, at, {"per_unit": per_unit}, f"rate:{currency}:{moment}")
    writer.append(PEOPLE, [fact])


def keep_brief(pipe: Pipeline, made: Any, body: Any) -> str:
    """Keep a brief (its moments, and ``body`` as the view froze it) for the pipeline's viewer.

    Returns its key.
    """
    key = f"{made.at.isoformat()}:{secrets.token_hex(4)}"
    changes = {
        "viewer": pipe.viewer.key if pipe.viewer else "",
        "since": made.since,
        "known": made.known,
        "body": body,
        "title": f"{made.at.astimezone(pipe.organisation.time_zone):%A %d %B %Y, %H:%M}",
    }
    writer.append(PEOPLE, [Fact("brief", key, made.at, changes, f"brief:{key}")])
    return key


def place(activity: str, deal: str | None, *, by: Member) -> None:
    """Say which deal an activity belongs to (keys); None: it belongs to no deal."""
    match = {"sure": 1.0, "why": [f"Placed by {by.name}"], "by": by.key, "aside": deal is None}
    _placed(activity, {"deal": deal, "match": match})


def unplace(activity: str) -> None:
    """Take back what was said of an activity's deal."""
    _placed(activity, {"deleted": None})


def _placed(activity: str, changes: dict[str, Any]) -> None:
    # Said again under the same name it replaces what was said before.
    fact = Fact("activity", activity, clock.now(), changes, f"place:{activity}"[:255])
    writer.append(PEOPLE, [fact])


__all__ = [
    "answer",
    "edit",
    "keep_brief",
    "place",
    "say",
    "set_rate",
    "set_up_company",
    "take_back",
    "unplace",
]
