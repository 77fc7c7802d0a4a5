"""Whether a question gives its answer away: no telling word of the one stands in the other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ridealong.record.naming import normal

# What joins words in names and sentences, and tells nothing.
_JOINING = {
    *("a", "an", "and", "are", "as", "at", "by", "deal", "do", "for", "from", "has", "in", "is"),
    *("it", "its", "of", "on", "or", "s", "the", "their", "they", "this", "to", "was", "we"),
    *("with", "de", "del", "der", "des", "die", "du", "el", "en", "et", "la", "le", "und"),
    *("van", "von", "x", "y"),
}


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """Return the words and figures of a text that tell something, without case and accents."""
    return frozenset(normal(text).split()) - _JOINING


def gives_away(name: str, answer: str) -> bool:
    """Say whether what a deal is called shares a telling word with the answer."""
    return bool(telling(name) & telling(answer))


def first_safe(names: Iterable[str], answers: Iterable[str]) -> tuple[str, str] | None:
    """Return the first (name, answer) of which the one does not give the other away.

    The fullest answer counts more than the best name.
    """
    named = list(names)
    for answer in answers:
        for name in named:
            if telling(answer) and not gives_away(name, answer):
                return name, answer
    return None
