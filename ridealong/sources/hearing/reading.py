"""Reading a talk: its sentences, what they are about, and which deals they name."""

from __future__ import annotations

import math

from ridealong.sources.hearing.forms import kind_of
from ridealong.sources.hearing.given import Heard, Talked
from ridealong.sources.hearing.learning import Weights, shipped
from ridealong.sources.hearing.naming import discussed
from ridealong.sources.hearing.natures import Told, in_shares, told
from ridealong.sources.hearing.sentences import folded_words, sentences

_SHOWN = 3
# Of a customer's meeting with a leader, what was said beside selling is this much at most.
_BESIDE_SELLING = 0.2
_BESIDE = ("call_debrief", "call_preparation", "skill_coaching")
# How likely the largest share is the right one, by its lead over the next and by how much was said:
# fitted on what cross-validation of the examples had right.
_SURE, _SURE_BY_LEAD, _SURE_BY_WORDS = -2.0, 2.0, 0.27
_SURE_WITH_BUYER = 0.95


def read_talk(talked: Talked, *, weights: Weights | None = None) -> Heard:
    """Return what a talk was. It takes bounded time, however long the text is.

    ``weights``: others than those that come with Ridealong, for measuring them.
    """
    speakers = frozenset(
        words[0] for name in (talked.leader, *talked.salespeople) if (words := folded_words(name))
    )
    title = list(sentences(talked.title))
    text = list(sentences(talked.text, speakers))
    found = told(title, text, shipped() if weights is None else weights)
    nature = _with_buyer(found) if talked.with_buyer else found.shares()
    named = discussed(talked.deals, [each.text for each in (*title, *text)])
    return Heard(
        kind=kind_of(talked, title, nature, len(named)),
        nature=nature,
        sure=_SURE_WITH_BUYER
        if talked.with_buyer
        else _sure(nature, sum(len(each.words) for each in (*title, *text))),
        why=tuple((name, share, _why(name, found, talked)) for name, share in nature.items()),
        deals=tuple(named),
        deals_why=named,
    )


def _with_buyer(found: Told) -> dict[str, float]:
    """Return the nature of a customer's meeting: what is said there is said to the customer."""
    beside = {name: found.weight[name] for name in _BESIDE if found.weight.get(name)}
    part = sum(beside.values()) / sum(found.weight.values()) if beside else 0.0
    scale = min(_BESIDE_SELLING, part) / sum(beside.values()) if beside else 0.0
    kept = {name: weight * scale for name, weight in beside.items() if weight * scale > 0.05}
    return in_shares({"ride_along": 1 - sum(kept.values()), **kept})


def _sure(nature: dict[str, float], words: int) -> float:
    if not nature:
        return 0.0
    first, second = [*nature.values(), 0.0][:2]
    known = _SURE + _SURE_BY_LEAD * (first - second) + _SURE_BY_WORDS * math.log1p(words)
    return round(1 / (1 + math.exp(-known)), 2)


def _why(name: str, found: Told, talked: Talked) -> tuple[str, ...]:
    if name == "ride_along" and talked.with_buyer:
        return ("A customer took part",)
    best = sorted(found.sentences[name], key=lambda each: -each[0])
    return tuple(dict.fromkeys(text for _, text in best[: 2 * _SHOWN]))[:_SHOWN]
