"""The day that a sentence names, in several languages."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

import dateparser

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|januar|februar|märz|mai|juni|juli|oktober|dezember"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre"
)
_DAY = re.compile(
    rf"\b(\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?:{_MONTHS})(?:\s+(?:de\s+)?\d{{4}})?"
    rf"|(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"\b(?P<part>(?:the\s+)?end\s+of\s+|ende\s+|fin\s+(?:de\s+)?|finales\s+de\s+|to\s+|until\s+"
    rf"|auf\s+|bis\s+)(?P<month>{_MONTHS})\b(?:\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:Q(?P<q>[1-4])|(?P<word>first|second|third|fourth|erste|zweite|dritte|vierte)s?\s+"
    r"(?:quarter|quartal))\b(?:\s+(?:of\s+)?(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_ORDER = ("first", "second", "third", "fourth"), ("erste", "zweite", "dritte", "vierte")
_WITHIN = re.compile(
    r"\b(?:in|within)\s+(?:two|three|four|\d{1,2})\s+(?:days|weeks)"
    r"|\bin\s+(?:zwei|drei|vier|\d{1,2})\s+(?:Tagen|Wochen)",
    re.IGNORECASE,
)
_LANGUAGES = ["en", "de", "fr", "es"]
_AHEAD = timedelta(days=3 * 365)


def day_named(sentence: str, said: datetime) -> date | None:
    """Return the one day ahead of ``said`` that a sentence names; None for none, or several.

    A month or quarter stands for its last day.
    """
    found = {*_days(sentence, said), *_last_days(sentence, said)}
    ahead = {day for day in found if said.date() < day <= said.date() + _AHEAD}
    return next(iter(ahead)) if len(found) == len(ahead) == 1 else None


def _days(sentence: str, said: datetime) -> set[date]:
    words = [match.group() for match in _DAY.finditer(sentence)]
    words += [match.group() for match in _WITHIN.finditer(sentence)]
    return {day for each in words[:5] if (day := _parsed(each, said))}


def _last_days(sentence: str, said: datetime) -> set[date]:
    found = set()
    for match in list(_MONTH.finditer(sentence))[:3]:
        # "bis 14. Dezember" names a day and no month.
        day = _parsed(" ".join(filter(None, (match["month"], match["year"]))), said)
        if day:
            found.add(day.replace(day=monthrange(day.year, day.month)[1]))
    for match in list(_QUARTER.finditer(sentence))[:3]:
        quarter = int(match["q"]) if match["q"] else _ordinal(match["word"].lower())
        year = int(match["year"] or said.year)
        month = quarter * 3
        if not match["year"] and month < said.month:
            year += 1
        found.add(date(year, month, monthrange(year, month)[1]))
    return found


def _ordinal(word: str) -> int:
    return next(names.index(word) for names in _ORDER if word in names) + 1


def _parsed(words: str, said: datetime) -> date | None:
    parsed = dateparser.parse(
        words,
        languages=_LANGUAGES,
        settings={
            "RELATIVE_BASE": said.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "last",
            "DATE_ORDER": "DMY",
        },
    )
    return parsed.date() if parsed else None
