"""The words of the simulated company: lists in ``words/*.toml``, filled in here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@cache
def words(name: str) -> Mapping[str, Any]:
    """Return one of the lists."""
    text = files(__package__).joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def pick(rng: Random, name: str, *path: str) -> Any:
    """Return one of the entries under ``path``."""
    found: Any = words(name)
    for part in path:
        found = found[part]
    return rng.choice(found)


def fill(template: str, slots: Mapping[str, Any]) -> str:
    """Return the template with its slots filled, its first letter a capital."""
    text = template.format_map(slots)
    return text[:1].upper() + text[1:]


def fill_both(entry: Sequence[str], slots: Mapping[str, Any]) -> tuple[str, str]:
    """Fill a title and a text."""
    return fill(entry[0], slots), fill(entry[1], slots)


def day_words(day: date) -> str:
    """Return a day as it is written in a mail: “3 December”."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_words(day: date) -> str:
    """Return the month that one still has time in: the next one, in a month's last days."""
    return MONTHS[(day + timedelta(days=6)).month - 1]


def listed(names: Sequence[str]) -> str:
    """Return “a, b and c”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
