"""What a signature says of its writer: their title and their telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_TITLE = 120
_LINES = 15
_PIECE = re.compile(r"\s+[|•·–—/]\s+|\s*[|•·]\s*|\t+")
# Words that stand in titles and hardly in names of people, companies or streets.
_TITLE = re.compile(
    r"\b(?:C[A-Z]O|[SE]?VP|MD|head|director|manager|president|chief|officer|lead|leader|owner"
    r"|partner|buyer|purchasing|procurement|sourcing|engineer(?:ing)?|developer|architect|analyst"
    r"|consultant|specialist|coordinator|administrator|assistant|secretary|controller|accountant"
    r"|counsel|supervisor|technician|planner|executive|founder|expert"
    r"|leiter(?:in)?|leitung|\w+leiter(?:in)?|geschäftsführ\w+|prokurist(?:in)?|vorstand\w*"
    r"|inhaber(?:in)?|einkauf|\w*einkäufer(?:in)?|vertrieb\w*|referent(?:in)?|assistenz"
    r"|sachbearbeiter(?:in)?|ingenieur(?:in)?|entwickler(?:in)?|berater(?:in)?|meister(?:in)?"
    r"|direct(?:eur|rice)|responsable|acheteu[rs]e?|chef\w*|gérante?|ingénieure?|présidente?"
    r"|directora?|gerente|jef[ea]|ingeniero|ingeniera|comprador|compradora"
    r"|hoofd|inkoper|directie|bestuurder|direttore|direttrice|responsabile)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"@|www\.|https?:|\d{3,}|\b(?:GmbH|AG|Inc|Ltd|LLC|B\.?V|S\.?A|SE|KG)\b")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00|0|\()[\d(][\d\s()/.-]{5,22}\d(?!\w)")
_FAX = re.compile(r"\bfax\b|\btelefax\b|^f[.:]", re.IGNORECASE)
_DIGITS = range(7, 16)


@dataclass(frozen=True, slots=True)
class Card:
    """Title and telephone number, each "" where the signature does not say."""

    title: str = ""
    phone: str = ""


def card(signature: str, name: str) -> Card:
    """Return what a signature says; ``name``: of its writer, whose title stands at or below it.

    Rather nothing than something wrong: without the writer's name no line is a title.
    """
    lines = [line.strip() for line in signature.splitlines() if line.strip()][:_LINES]
    return Card(_title(lines, name), _phone(lines))


def _title(lines: list[str], name: str) -> str:
    words = set(re.findall(r"[^\W\d_]{3,}", name.casefold()))
    at = next((n for n, line in enumerate(lines) if _has(line, words)), None)
    if at is None:
        return ""
    for line in lines[at : at + 3]:
        for piece in _PIECE.split(line):
            # A name and a title may share a line: "Jan Meyer, Head of Purchasing".
            first, comma, rest = piece.partition(",")
            title = rest.strip() if comma and _has(first, words) else piece.strip()
            if _TITLE.search(title) and not _NO_TITLE.search(title) and not _has(title, words):
                return title[:MAX_TITLE]
    return ""


def _has(line: str, words: set[str]) -> bool:
    return bool(words & set(re.findall(r"[^\W\d_]{3,}", line.casefold())))


def _phone(lines: list[str]) -> str:
    for line in lines:
        for piece in re.split(r"[|•·]", line):
            found = None if _FAX.search(piece) else _PHONE.search(piece)
            if found and sum(letter.isdigit() for letter in found[0]) in _DIGITS:
                return " ".join(found[0].split())
    return ""
