"""Reasons: what carries a deal's odds, in plain words, from exact contributions.

What features add to the log-odds is added up over those that say the same thing, so that three
columns about the last call are one reason. The sum of all is the odds themselves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ridealong.views.forecasting.frame import Learned

SHOWN = 3
KIND_WORDS = {
    "email": "mail",
    "phone_call": "phone call",
    "meeting": "meeting",
    "task": "task",
    "note": "note",
    "one_on_one": "talk",
    "other": "activity",
}
DIRECTION_WORDS = {"in": " from the buyer", "out": " to the buyer", "": ""}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GROUPS = {
    **dict.fromkeys(("stage", "place", "moves", "moved_back", "versions"), "stage"),
    **dict.fromkeys(("stage_age", "unchanged", "pace", "stage_share"), "stage_age"),
    "age": "age",
    **dict.fromkeys(("close_in",), "close_in"),
    **dict.fromkeys(("pushes", "pushed_days"), "pushes"),
    **dict.fromkeys(("size", "amount_growth", "amount_changes"), "size"),
    "has_next_step": "has_next_step",
    "category": "category",
    **dict.fromkeys(
        ("has_salesperson", "handed_over", "salesperson_rate", "salesperson_closed"), "person"
    ),
    "open_salesperson": "person",
    **dict.fromkeys(("company_rate", "company_closed"), "company"),
    **dict.fromkeys(("weekday", "hour"), "weekday"),
    **dict.fromkeys(("open_all", "ended_week", "won_week"), "around"),
    **dict.fromkeys(("last", "last_before", "last_but_two"), "last"),
    "minutes": "any",
    "n_members": "n_members",
    "n_contacts": "n_contacts",
    **dict.fromkeys(("n_ahead", "ahead_in"), "n_ahead"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that carries the odds. ``about``: which kind of thing, for faces.

    ``text``: what is so, in words. ``effect``: what it adds to the log-odds of winning, against
    the deals learned from; above nothing it speaks for winning. ``against``: the same as odds: how
    many times as high they are with it. ``activity``: (kind, direction, title) of the activities
    that show it, where some do.
    """

    about: str
    text: str
    effect: float
    activity: tuple[str, str, str] | None = None

    @property
    def times(self) -> float:
        """How many times as high the odds are as without it."""
        return math.exp(self.effect)


def group_of(name: str) -> str:
    """Return what a feature is about."""
    return GROUPS.get(name) or name.split("_", 1)[1]


def reasons(
    values: Mapping[str, float], added: np.ndarray, learned: Learned, stages: Mapping[int, str]
) -> tuple[Reason, ...]:
    """Return the three things that carry the odds most, the strongest first.

    ``values`` and ``added``: of one snapshot, the features and what each adds. ``stages``: their
    names, by number.
    """
    sums: dict[str, float] = {}
    for name, effect in zip(learned.names, added, strict=True):
        sums[group_of(name)] = sums.get(group_of(name), 0.0) + float(effect)
    strongest = sorted(sums, key=lambda about: -abs(sums[about]))[:SHOWN]
    return tuple(
        Reason(about, said(about, values, learned, stages), sums[about], _activity(about, learned))
        for about in strongest
        if abs(sums[about]) > 1e-3
    )


def said(
    about: str, values: Mapping[str, float], learned: Learned, stages: Mapping[int, str]
) -> str:
    """Say in words how one thing stands on a deal."""
    if about.startswith("type_"):
        return _of_type(int(about.removeprefix("type_")), values, learned)
    plain = _PLAIN.get(about)
    if plain:
        return plain(values)
    if about == "stage":
        number = values["stage"]
        known = not math.isnan(number) and int(number) < len(learned.stages)
        return f"in stage {stages.get(learned.stages[int(number)], '?')}" if known else "no stage"
    kind = values["last"]
    named = not math.isnan(kind) and 0 <= int(kind) < len(learned.words.names)
    return f"last: {_type_words(int(kind), learned)}" if named else "nothing has happened on it yet"


def _activity(about: str, learned: Learned) -> tuple[str, str, str] | None:
    number = about.removeprefix("type_")
    return learned.words.names[int(number)] if number != about else None


def _type_words(number: int, learned: Learned) -> str:
    kind, direction, title = learned.words.names[number]
    return f"“{title}”" if title else KIND_WORDS.get(kind, kind) + DIRECTION_WORDS[direction]


def _of_type(number: int, values: Mapping[str, float], learned: Learned) -> str:
    words, n = _type_words(number, learned), int(values[f"n_type_{number}"])
    if not n:
        return f"no {words} so far"
    return f"{words}: {_times(n)}, last {_ago(values[f'ago_type_{number}'])}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _days(days: float) -> str:
    whole = round(days)
    return "less than a day" if days < 0.5 else "1 day" if whole == 1 else f"{whole} days"


def _ago(days: float) -> str:
    return "today" if days < 0.5 else f"{_days(days)} ago"


def _counted(words: str, none: str, name: str):  # type: ignore[no-untyped-def]
    def say(v: Mapping[str, float]) -> str:
        n = int(v[f"n_{name}"])
        if not n:
            return none
        return f"{words} {_ago(v[f'ago_{name}'])}, {int(v[f'n30_{name}'])} in 30 days"

    return say


def _close(v: Mapping[str, float]) -> str:
    left = v["close_in"]
    if math.isnan(left):
        return "no close date"
    if left < 0:
        return f"close date passed {_days(-left)} ago"
    return f"close date in {_days(left)}" if left >= 0.5 else "close date is today"


def _person(v: Mapping[str, float]) -> str:
    rate = v["salesperson_rate"]
    if math.isnan(rate):
        return "no salesperson yet"
    return (
        f"salesperson: {rate:.0%} of {int(v['salesperson_closed'])} ended deals won, {int(v['open_salesperson'])} open"
        if not math.isnan(v["open_salesperson"])
        else f"salesperson: {rate:.0%} won"
    )


def _company(v: Mapping[str, float]) -> str:
    n = v["company_closed"]
    if math.isnan(n):
        return "no company"
    return "first deal with this company" if not n else f"{_times(int(n))} before at this company"


def _pushes(v: Mapping[str, float]) -> str:
    n = int(v["pushes"])
    if not n:
        return "close date never moved later"
    return f"close date moved later {_times(n)}, {_days(v['pushed_days'])} in all"


_PLAIN = {
    "stage_age": lambda v: f"{_days(v['stage_age'])} in this stage",
    "age": lambda v: f"open for {_days(v['age'])}",
    "close_in": _close,
    "pushes": _pushes,
    "size": lambda v: (
        "no amount" if math.isnan(v["size"]) else f"amount of about {math.expm1(v['size']):,.0f}"
    ),
    "has_next_step": lambda v: "a next step is agreed" if v["has_next_step"] else "no next step",
    "category": lambda v: "forecast category",
    "person": _person,
    "company": _company,
    "weekday": lambda v: f"asked on a {WEEKDAYS[int(v['weekday'])]}",
    "around": lambda v: f"{int(v['ended_week'])} deals ended in the last 7 days",
    "n_members": lambda v: f"{int(v['n_members'])} colleagues had a part",
    "n_contacts": lambda v: f"{int(v['n_contacts'])} of the buyer's people had a part",
    "n_ahead": lambda v: f"{int(v['n_ahead'])} planned" if v["n_ahead"] else "nothing is planned",
    "any": _counted("something happened", "nothing has happened on it yet", "any"),
    "two_way": _counted("contact with the buyer", "no contact with the buyer yet", "two_way"),
    "in": _counted("word from the buyer", "no word from the buyer yet", "in"),
    "out": _counted("word to the buyer", "no word to the buyer yet", "out"),
}
