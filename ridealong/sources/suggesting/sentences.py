"""Sentences of a text, and whether one states something or only asks, supposes or denies."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_TEXT = 20_000
MAX_SENTENCE = 300
# A full stop after a number, or a short word, mostly ends no sentence: "14. Dezember", "Mio. EUR".
_END = re.compile(r"(?<!\b\d)(?<!\b\d\d)(?<!\bMio)(?<!\bca)(?<!\bDr)[.!?…]+(?=\s|$)|\n{2,}")
_DENIED = re.compile(
    r"\b(not|never|n't|no longer|cannot|can't|without|nicht|kein\w*|nie|noch nicht|pas|jamais|no"
    r"|nunca)\b|n't\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(if|unless|whether|maybe|perhaps|might|could|would|possibl[ey]|hope|in case"
    r"|falls|wenn|ob|vielleicht|eventuell|könnte\w*|würde\w*|hoffe\w*|möglich\w*"
    r"|si|peut-être|pourrai\w*|quizás|ojalá)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[str]:
    """Yield each sentence word for word, without what is quoted and what is very long."""
    lines = text[:MAX_TEXT].splitlines(keepends=True)
    # What is quoted ends a paragraph: words before and after it are no one sentence.
    own = "".join("\n\n" if line.lstrip().startswith(">") else line for line in lines)
    for paragraph in re.split(r"\r?\n\s*\n", own):
        start = 0
        for end in _END.finditer(paragraph):
            yield from _whole(paragraph[start : end.end()])
            start = end.end()
        yield from _whole(paragraph[start:])


def _whole(piece: str) -> Iterator[str]:
    sentence = piece.strip()
    if 5 <= len(sentence) <= MAX_SENTENCE:
        yield sentence


def asks(sentence: str) -> bool:
    """Say whether it is a question."""
    return "?" in sentence


def denies(sentence: str) -> bool:
    """Say whether something in it is denied."""
    return bool(_DENIED.search(sentence))


def supposes(sentence: str) -> bool:
    """Say whether it only supposes something."""
    return bool(_SUPPOSED.search(sentence))
