"""The brief as a PDF of print quality: one to four pages, every script, fonts embedded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst

from ridealong.faces.documents.sections import held, moment, no_range, range_words
from ridealong.views.briefing import Brief, Came, Entry, Landing, Owed, spoken
from ridealong.views.inspection import CHANGE_KINDS, Change
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words, day, money, total

HERE = Path(__file__).parent
PER_KIND = 4
"""Deals named under each kind of change; on four pages there is no room for more."""
CAME = 8
OWED = 10
HELP = 6
LONGEST = 150
"""Signs of one text; what is longer ends in an ellipsis, so that four pages are enough."""
_UNBROKEN = re.compile(r"(\S{24})(?=\S)")
# What somebody wrote stands by itself: its direction is its own, and turns nothing around it.
_ISOLATE, _END = "\u2068", "\u2069"


def pdf(brief: Brief, zone: ZoneInfo) -> bytes:
    """Return the brief as a PDF; times in ``zone``."""
    made = typst.compile(
        str(HERE / "pdf.typ"),
        root=str(HERE),
        font_paths=[str(HERE / "fonts")],
        format="pdf",
        sys_inputs={"brief": json.dumps(_values(brief, zone), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF expected")
    return made


def _values(brief: Brief, zone: ZoneInfo) -> dict[str, Any]:
    at = moment(brief.at, zone)
    unlisted = ""
    if brief.unlisted:
        are = "deal is" if brief.unlisted == 1 else "deals are"
        unlisted = f"{brief.unlisted} {are} not listed, and counted in every figure."
    rates = ", ".join(brief.missing_rates)
    return {
        "title": f"Brief, {at}",
        "heading": "Brief" if not brief.organisation else f"Brief · {_own(brief.organisation, 60)}",
        "author": _own(brief.viewer, 60),
        "moment": f"{at}, compared with {moment(brief.since, zone)}",
        "footer": " · ".join(filter(None, (_own(brief.organisation, 60), at, "confidential"))),
        "headline": list(brief.headline),
        "warnings": [f"Not in the amounts, for want of a rate: {rates}"] if rates else [],
        "landings": [_landing(brief, each, zone) for each in brief.landings],
        "norange": no_range(brief) or held(brief),
        "help": [
            {
                "text": _own(each.text),
                "about": f"{_own(each.leader, 40)}, {_own(each.deal.name, 90)}",
            }
            for each in brief.help[:HELP]
        ],
        "told": [
            _told("Hot deals", brief.hot, "No open deal should close this month."),
            _told("Risks", brief.risks, "No deal is at risk, as far as the record shows."),
        ],
        "unlisted": unlisted,
        "changed_title": f"What changed since {day(brief.since.astimezone(zone).date())}, and why",
        "changed": list(_changed(brief)),
        "came": _came(brief, brief.came, zone),
        "owed": [_owed(each) for each in brief.owed[:OWED]],
    }


def _own(text: str, longest: int = LONGEST) -> str:
    """Return what somebody wrote on one line, isolated, with places where long words may break."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = f"{line[: longest - 1].rstrip()}…"
    if not line:
        return ""
    breakable = _UNBROKEN.sub("\\1\u200b", line)
    return f"{_ISOLATE}{breakable}{_END}"


def _landing(brief: Brief, landing: Landing, zone: ZoneInfo) -> dict[str, Any]:
    rows = [
        ("Won already", total(landing.won.amount, brief.currency), f"({landing.won.count:,})"),
        (
            "Should still close",
            total(landing.due.amount, brief.currency),
            f"({landing.due.count:,})",
        ),
    ]
    said = []
    if landing.range is not None:
        rows.append(("Likely", total(landing.range.p50, brief.currency), ""))
        said.append(range_words(landing.range, brief.currency))
    for call in landing.calls[:3]:
        rows.append((f"{_own(call.member, 26)} calls", total(call.amount, brief.currency), ""))
        before = "".join(f", before {total(a, brief.currency)}" for _, a in call.earlier[-1:])
        said.append(f"{call.at.astimezone(zone):%d %b, %H:%M}{before}")
    return {
        "title": landing.title,
        "period": spoken(landing.period),
        "rows": [{"name": name, "value": value, "note": note} for name, value, note in rows],
        "said": said,
    }


def _told(title: str, entries: Iterable[Entry], empty: str) -> dict[str, Any]:
    return {"title": title, "empty": empty, "entries": [_entry(each) for each in entries]}


def _entry(entry: Entry) -> dict[str, str]:
    deal = entry.deal
    about = [_own(deal.company, 60), _own(deal.salesperson, 40), _own(deal.stage, 30)]
    if deal.close_date:
        about.append(f"closes {day(deal.close_date)}".replace(" ", "\u00a0"))
    return {
        "name": _own(deal.name, 110),
        "about": " · ".join(part for part in about if part),
        "amount": money(deal.amount, deal.currency),
        "why": " ".join(_own(words) for words in entry.why) or "Nothing stands against it.",
        "changed": _joined("Since last time: ", entry.changed[:3]),
        "doing": ". ".join(_own(words) for words in entry.doing[:2]),
        "remark": _own(entry.remark, 220),
    }


def _joined(lead: str, parts: Iterable[str]) -> str:
    joined = "; ".join(parts)
    return f"{lead}{joined}." if joined else ""


def _changed(brief: Brief) -> Iterable[dict[str, Any]]:
    for kind in CHANGE_KINDS:
        changed = brief.changes[kind]
        if not changed.figure.count:
            continue
        named = changed.changes[:PER_KIND]
        more = changed.figure.count - len(named)
        yield {
            "title": CHANGE_WORDS[kind],
            "figure": f"{changed.figure.count:,} · {total(changed.figure.amount, brief.currency)}",
            "lines": [_line(brief, each) for each in named],
            "more": f"and {more:,} more" if more > 0 else "",
        }


def _line(brief: Brief, change: Change) -> tuple[str, ...]:
    deal = change.deal
    how = _own(deal.stage) if change.kind == "new" else _own(change_words(change))
    return (
        _own(deal.name, 80),
        _own(deal.salesperson, 40),
        " · ".join(part for part in (how, _own(brief.reasons.get(deal.id, ""), 110)) if part),
        money(deal.amount, deal.currency),
    )


def _came(brief: Brief, came: Came | None, zone: ZoneInfo) -> dict[str, Any]:
    if came is None:
        return {"title": "", "sentences": [], "lines": []}
    sentences = []
    if came.outcomes:
        sentences.append(
            f"{len(came.outcomes)} named to close that week or month, worth "
            f"{total(came.said, brief.currency)}; won by now {total(came.won, brief.currency)}."
        )
    for each in came.calls[:4]:
        so_far = "came" if each.over else "so far"
        sentences.append(
            f"{_own(each.call.member, 40)} called {total(each.call.amount, brief.currency)} for "
            f"{each.title}; {total(each.came, brief.currency)} {so_far}."
        )
    lines = [
        (
            _own(each.then.name, 80),
            f"{money(each.then.amount, each.then.currency)}, closing {day(each.then.close_date)}",
            _own(each.words, 80),
        )
        for each in came.outcomes[:CAME]
    ]
    title = f"Said on {day(came.at.astimezone(zone).date())}, and what came"
    return {"title": title, "sentences": sentences, "lines": lines}


def _owed(owed: Owed) -> tuple[str, str, str]:
    by = f", by {day(owed.due)}" if owed.due else ""
    asked = "Asked: " if owed.kind == "question" else ""
    about = " · ".join(part for part in (_own(owed.leader, 40), _own(owed.deal, 60)) if part)
    state = "past its day" if owed.overdue else owed.state
    return (f"{asked}{_own(owed.text)}", f"{about}{by}", state)
