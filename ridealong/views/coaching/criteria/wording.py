"""The words that rules look for, in four languages, and the sentences that have them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ridealong.record.evidence import Happening

_FILE = Path(__file__).with_name("words.toml")
_LONGEST = 240
# A full stop after a number mostly ends no sentence: "14. Dezember".
_SENTENCE = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…]+\s+|\n+")


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return what finds any word of that list, in any language, as a whole word of small letters.

    Small letters are found in half the time that either case takes.
    """
    words = "|".join(word for language in _lists()[name].values() for word in language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def says(text: str, name: str) -> bool:
    """Say whether a text has a word of that list, whatever the case."""
    return bool(pattern(name).search(text.lower()))


def sentences(happening: Happening) -> Iterator[str]:
    """Yield sentences, without what is quoted of an earlier mail, and the title after them."""
    own = (line for line in happening.text.splitlines() if not line.lstrip().startswith(">"))
    for sentence in _SENTENCE.split("\n".join(own)):
        if len(sentence) > 3:
            yield sentence.strip()
    if happening.title:
        yield happening.title


def found(happenings: Iterable[Happening], *names: str) -> tuple[Happening, str] | None:
    """Return the first sentence that has a word of every list, and where it is said."""
    first, rest = names[0], names[1:]
    for happening in happenings:
        # Most texts have none: looked at whole first, in sentences only then.
        if not (says(happening.text, first) or says(happening.title, first)):
            continue
        for sentence in sentences(happening):
            if says(sentence, first) and all(says(sentence, name) for name in rest):
                return happening, shortened(sentence)
    return None


def shortened(sentence: str) -> str:
    """Return a sentence as evidence: what is very long is cut."""
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1].rstrip()}…"
