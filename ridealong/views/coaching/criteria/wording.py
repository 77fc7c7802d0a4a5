"""The words that rules look for, in four languages, and the sentences that have them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ridealong.record.evidence import Happening

_FILE = Path(__file__).with_name("words.toml")
_LONGEST = 240
# A full stop after a number mostly ends no sentence: "14. Dezember".
_SENTENCE = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…]+\s+|\n+")


class WordLists:
    """Lists of words by name, each in several languages, from a file of regular expressions."""

    def __init__(self, file: Path) -> None:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        # All are compiled once; a list is asked for with every sentence.
        self._patterns = {name: _whole_words(languages) for name, languages in told.items()}

    def says(self, text: str, name: str) -> bool:
        """Say whether a text has a word of that list, as a whole word, whatever the case."""
        return bool(self._patterns[name].search(text.lower()))

    def found(self, happenings: Iterable[Happening], *names: str) -> tuple[Happening, str] | None:
        """Return the first sentence that has a word of every list, and where it is said."""
        first, rest = names[0], names[1:]
        for happening in happenings:
            # Most texts have none: looked at whole first, in sentences only then.
            if not (self.says(happening.text, first) or self.says(happening.title, first)):
                continue
            for sentence in sentences(happening):
                if self.says(sentence, first) and all(self.says(sentence, name) for name in rest):
                    return happening, shortened(sentence)
        return None


def _whole_words(languages: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """What finds any of the words, in any language, as a whole word of small letters.

    Small letters are found in half the time that either case takes.
    """
    words = "|".join(word for language in languages.values() for word in language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def word_lists(file: Path) -> WordLists:
    """Return the lists of a file, read once."""
    return WordLists(file)


def says(text: str, name: str) -> bool:
    """Say whether a text has a word of that list of the exit criteria."""
    return word_lists(_FILE).says(text, name)


def found(happenings: Iterable[Happening], *names: str) -> tuple[Happening, str] | None:
    """Return the first sentence that has a word of every list of the exit criteria, and where."""
    return word_lists(_FILE).found(happenings, *names)


def sentences(happening: Happening) -> Iterator[str]:
    """Yield sentences, without what is quoted of an earlier mail, and the title after them."""
    own = (line for line in happening.text.splitlines() if not line.lstrip().startswith(">"))
    for sentence in _SENTENCE.split("\n".join(own)):
        if len(sentence) > 3:
            yield sentence.strip()
    if happening.title:
        yield happening.title


def shortened(sentence: str) -> str:
    """Return a sentence as evidence: what is very long is cut."""
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1].rstrip()}…"
