"""A small company whose facts come in one by one, in any order, at any moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from ridealong.lib import clock
from ridealong.record.facts import Fact
from ridealong.sources.base.playbook import default_playbook
from tests.record.telling import member, on, stages

OPEN = ("discover", "propose", "negotiate")
DEALS = ("A", "B", "C")
PEOPLE = {"cfo": "Chief Financial Officer", "eng": "Process Engineer", "solo": "Process Engineer"}
TEXTS = (
    "Please send us the contract by Friday.",
    "The project is on hold. Not before next year.",
    "A competitor offers the same, and your price is too high for us.",
    "Our legal department reads it. Cato Cfo is no longer with us.",
    "Thanks, see you.",
)
STEPS = ("", "Call on 12 February", "Send the proposal", "Meet on 3 March 2026")
_numbers = count()


def company() -> list[Fact]:
    """Return what is there before anything happens."""
    told = [
        Fact(
            "organisation",
            "self",
            on(-60),
            {"currency": "EUR", "time_zone": "Europe/Berlin"},
            "org",
        ),
        member("lea", role="leader"),
        member("sam", "lea", role="salesperson"),
        member("mia", "lea", role="salesperson"),
        *stages(discover="open", propose="open", negotiate="open", won="won", lost="lost"),
    ]
    told += [_contact(key, title) for key, title in PEOPLE.items()]
    told += [
        Fact("criterion", key, on(-30), said, f"start:{key}")
        for key, said in default_playbook(OPEN)
    ]
    for number, key in enumerate(DEALS):
        begins = {
            "name": key,
            "company": "acme",
            "salesperson": ("sam", "mia")[number % 2],
            "stage": "discover",
            "status": "open",
            "amount": str(1000 * (number + 1)),
            "close_date": "2026-03-31",
            "contacts": {"eng": "champion", "cfo": "economic_buyer"},
        }
        told.append(Fact("deal", key, on(-number), begins, f"start:{key}"))
    return told


def _contact(key: str, title: str) -> Fact:
    company = {} if key == "solo" else {"company": "acme"}
    name = f"{'Cato' if key == 'cfo' else 'Nora'} {key.capitalize()}"
    return Fact("contact", key, on(-30), {"name": name, "title": title, **company}, f"c:{key}")


def _moments(draw: st.DrawFn, *, past: int, ahead: int) -> datetime:
    hours = draw(st.integers(-24 * past, 24 * ahead))
    return clock.now() + timedelta(hours=hours)


def _deal(draw: st.DrawFn) -> Fact:
    changes = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "stage": st.sampled_from([*OPEN, *OPEN, "won", "lost"]),
                "amount": st.sampled_from(["500", "1500", "9000", None]),
                "close_date": st.sampled_from(["2026-01-31", "2026-02-20", "2026-04-30", None]),
                "salesperson": st.sampled_from(["sam", "mia", "lea"]),
                "next_step": st.sampled_from(STEPS),
                "category": st.sampled_from(["pipeline", "commit"]),
                "contacts": st.sampled_from(
                    [{"eng": "champion"}, {"cfo": "champion"}, {"solo": "champion"}, {}]
                ),
                "deleted": st.sampled_from([True, None, None]),
            },
        ).filter(bool)
    )
    if "stage" in changes:
        stage = changes["stage"]
        changes["status"] = stage if stage in {"won", "lost"} else "open"
    at = _moments(draw, past=20, ahead=3)
    return Fact("deal", draw(st.sampled_from(DEALS)), at, changes, f"d:{next(_numbers)}")


def _activity(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(["email", "email", "meeting", "phone_call", "task", "one_on_one"]))
    deal = draw(st.sampled_from(DEALS))
    said: dict[str, Any] = {"kind": kind, "member": draw(st.sampled_from(["sam", "mia"]))}
    said["title"] = draw(st.sampled_from(["Demo", "Review"]))
    if kind == "one_on_one":
        said |= {"members": ["lea", "sam"], "deals_discussed": [deal]}
    else:
        said |= {"deal": deal, "text": draw(st.sampled_from(TEXTS))}
        # Not "solo", of no company and no address: a new title of theirs is seen late (0015).
        said["contacts"] = draw(st.lists(st.sampled_from(["cfo", "eng"]), unique=True))
        said["members"] = draw(st.sampled_from([[], ["lea"]]))
    if kind == "email":
        said["direction"] = draw(st.sampled_from(["in", "out"]))
    else:
        said["done"] = draw(st.sampled_from([True, None, None, False]))
        said["people"] = draw(st.sampled_from([[], None]))
        said["deleted"] = draw(st.sampled_from([None, None, True]))
    at = _moments(draw, past=25, ahead=0 if kind == "email" else 15)
    # Few keys: what was planned is held, moved or called off later.
    key = f"{kind}:{deal}:{draw(st.integers(0, 3))}"
    return Fact("activity", key, at, {**said, "begins": at}, f"{key}:{next(_numbers)}")


def _person(draw: st.DrawFn) -> Fact:
    key = draw(st.sampled_from(sorted(PEOPLE)))
    changes = {"title": draw(st.sampled_from(["Managing Director", "Engineer", "Buyer"]))}
    return Fact("contact", key, clock.now(), changes, f"c:{next(_numbers)}")


def _guidance(draw: st.DrawFn) -> Fact:
    key = f"g:{draw(st.integers(0, 2))}"
    said = {
        "leader": "lea",
        "salesperson": "sam",
        "deal": draw(st.sampled_from(DEALS)),
        "text": draw(st.sampled_from(["Meet Cato", "Call them", "Bring somebody new"])),
        "due": draw(st.sampled_from([None, _moments(draw, past=5, ahead=10).date()])),
        "outcome": draw(st.sampled_from(["", "", "followed"])),
    }
    return Fact("guidance", key, _moments(draw, past=10, ahead=5), said, f"{key}:{next(_numbers)}")


def _check(draw: st.DrawFn) -> Fact:
    deal = draw(st.sampled_from(DEALS))
    criterion = draw(st.sampled_from([key for key, _ in default_playbook(OPEN)]))
    said = {"deal": deal, "criterion": criterion, "said_by": "sam"}
    said["state"] = draw(st.sampled_from(["met", "missing", ""]))
    at = _moments(draw, past=0, ahead=5)
    return Fact("check", f"{criterion}:{deal}", at, said, f"k:{next(_numbers)}")


def _rule(draw: st.DrawFn) -> Fact:
    name = draw(st.sampled_from(["going_dark", "stuck", "amount_cut", "no_next_step"]))
    said = {"values": {"days": draw(st.integers(1, 30))}, "off": draw(st.booleans())}
    return Fact("rule", name, _moments(draw, past=0, ahead=5), said, f"r:{next(_numbers)}")


def _member(draw: st.DrawFn) -> Fact:
    changes = {"reports_to": draw(st.sampled_from(["lea", None]))}
    return Fact("member", "sam", _moments(draw, past=0, ahead=5), changes, f"m:{next(_numbers)}")


_KINDS: list[Callable[[st.DrawFn], Fact]] = [
    *[_deal, _activity] * 4,
    _guidance,
    _person,
    _check,
    _rule,
    _member,
]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Draw something that is learned now: of now, of before, or planned."""
    return draw(st.sampled_from(_KINDS))(draw)
