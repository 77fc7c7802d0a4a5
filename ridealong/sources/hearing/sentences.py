"""The sentences of a talk, each with its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Two hours of speech; longer texts are read from their beginning only.
MAX_TEXT = 200_000
_LONGEST = 400
_END = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…;]+(?=\s|$)|\n+")
_MARKED = re.compile(r"^[\s\-–•*\d.)\[\]:]+(?=[^\W\d_])")
_SPEAKER = re.compile(r"^[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2}: ")
_WORD = re.compile(r"1:1|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands without its speaker, its words without case and accents.

    ``asks``: it is a question.
    """

    text: str
    words: tuple[str, ...]
    asks: bool


def sentences(text: str, speakers: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Go through the sentences of a text; ``speakers``: first names that may begin a line."""
    for piece in _pieces(text[:MAX_TEXT]):
        said = _without_speaker(_MARKED.sub("", piece.strip()), speakers)
        words = folded_words(said)
        if words:
            yield Sentence(said[:_LONGEST], words, "?" in said)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_WORD.findall(kept))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _without_speaker(line: str, speakers: frozenset[str]) -> str:
    found = _SPEAKER.match(line)
    if found and folded_words(found[0])[0] in speakers:
        return line[found.end() :]
    return line
