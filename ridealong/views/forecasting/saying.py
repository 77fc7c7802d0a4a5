"""Saying in plain words how one thing stands on a deal."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from ridealong.views.forecasting.frame import CATEGORIES, Learned

Values = Mapping[str, float]
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


def said(about: str, values: Values, learned: Learned, stages: Mapping[int, str]) -> str:
    """Say how one thing stands. ``about``: see ``reasons.GROUPS``; ``stages``: names by number."""
    if about.startswith("type_"):
        return _of_type(int(about.removeprefix("type_")), values, learned)
    if about == "stage":
        return _stage(values["stage"], learned, stages)
    if about == "last":
        return _last(values["last"], learned)
    return _PLAIN[about](values)


def _stage(number: float, learned: Learned, stages: Mapping[int, str]) -> str:
    if math.isnan(number):
        return "in a stage that no deal has been through yet"
    return f"in stage {stages.get(learned.stages[int(number)], 'without a name')}"


def _last(number: float, learned: Learned) -> str:
    if math.isnan(number):
        return "nothing has happened on it yet"
    return f"the last thing was {_type_words(int(number), learned)}"


def _type_words(number: int, learned: Learned) -> str:
    if number < 0:
        return "something rare"
    kind, direction, title = learned.words.names[number]
    return f"“{title}”" if title else KIND_WORDS.get(kind, kind) + DIRECTION_WORDS[direction]


def _of_type(number: int, values: Values, learned: Learned) -> str:
    words, n = _type_words(number, learned), int(values[f"n_type_{number}"])
    if not n:
        return f"no {words} so far"
    return f"{words}: {_times(n)}, last {_ago(values[f'ago_type_{number}'])}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def _days(days: float) -> str:
    if days < 0.5:
        return "less than a day"
    whole = round(days)
    return "1 day" if whole == 1 else f"{whole:,} days"


def _ago(days: float) -> str:
    return "today" if days < 0.5 else f"{_days(days)} ago"


def _counted(words: str, none: str, name: str) -> Callable[[Values], str]:
    def say(v: Values) -> str:
        if not v[f"n_{name}"]:
            return none
        return f"{words} {_ago(v[f'ago_{name}'])}, {int(v[f'n30_{name}'])} in the last 30 days"

    return say


_touch = _counted("contact with the buyer", "no contact with the buyer yet", "two_way")
_event = _counted("something happened", "nothing has happened on it yet", "any")


def _contact(v: Values) -> str:
    """What is counted as contact with the buyer, where any of it is on record."""
    return _touch(v) if v["n_two_way"] or not v["n_any"] else _event(v)


def _age(v: Values) -> str:
    whole = _days(v["age"])
    here = whole if math.isnan(v["stage_age"]) else _days(v["stage_age"])
    return f"open for {whole}" if whole == here else f"{here} in this stage, open for {whole}"


def _ahead(v: Values) -> str:
    planned = f"{_things(int(v['n_ahead']))} planned" if v["n_ahead"] else "nothing is planned"
    return f"{'a next step is agreed' if v['has_next_step'] else 'no next step'}, {planned}"


def _things(n: int) -> str:
    return "something is" if n == 1 else f"{n:,} things are"


def _close(v: Values) -> str:
    left = v["close_in"]
    if math.isnan(left):
        return "no close date"
    if left < 0:
        return f"its close date passed {_days(-left)} ago"
    return f"its close date is in {_days(left)}" if left >= 0.5 else "its close date is today"


def _pushes(v: Values) -> str:
    if not v["pushes"]:
        return "its close date was never moved later"
    return (
        f"its close date was moved later {_times(int(v['pushes']))}, by {_days(v['pushed_days'])}"
    )


def _size(v: Values) -> str:
    if math.isnan(v["size"]):
        return "no amount in the company’s currency"
    about = float(f"{math.expm1(v['size']):.2g}")
    return f"an amount of about {about:,.0f}"


def _category(v: Values) -> str:
    if math.isnan(v["category"]):
        return "no forecast category"
    return f"forecast category {CATEGORIES[int(v['category'])].replace('_', ' ')}"


def _person(v: Values) -> str:
    if math.isnan(v["salesperson_rate"]):
        return "nobody carries it yet"
    ended = int(v["salesperson_closed"])
    return f"whoever carries it wins {v['salesperson_rate']:.0%} ({ended:,} deals ended)"


def _company(v: Values) -> str:
    if math.isnan(v["company_closed"]):
        return "no company"
    n = int(v["company_closed"])
    return f"{n:,} deals with this company ended before" if n else "the first with this company"


def _quarter(v: Values) -> str:
    left = v["quarter_left"] - 1
    return f"the quarter ends in {_days(left)}" if left else "the quarter ends today"


def _number(name: str, some: str, none: str) -> Callable[[Values], str]:
    return lambda v: some.format(n=int(v[name])) if v[name] else none


_PLAIN: dict[str, Callable[[Values], str]] = {
    "age": _age,
    "close_in": _close,
    "pushes": _pushes,
    "size": _size,
    "category": _category,
    "person": _person,
    "company": _company,
    "quarter": _quarter,
    "weekday": lambda v: f"it is {WEEKDAYS[int(v['weekday'])]}",
    "n_members": _number("n_members", "{n} colleagues had a part", "no colleague had a part yet"),
    "n_contacts": _number("n_contacts", "{n} people of the buyer had a part", "nobody is named"),
    "ahead": _ahead,
    "contact": _contact,
    "out": _counted("word to the buyer", "no word to the buyer yet", "out"),
}
