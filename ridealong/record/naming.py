"""How names are compared: without case, accents, punctuation and doubled spaces."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def normal(name: str) -> str:
    """Return the words of ``name`` in lower case without accents, joined by single spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()
