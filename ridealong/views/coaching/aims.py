"""What guidance asks for, read from its words: so that the record can show whether it was done."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Aim = Literal["date", "widen", "meet", "phone", "write", "amount"]
_LEFT_ASIDE = re.compile(
    r"\b(?:instead of|rather than|not to|don't|do not|not after|not for|statt|nicht|au lieu de)\b"
    r".*?(?=\b(?:until|before|unless|bis|bevor|avant|hasta)\b|$)"
)
"""What is not asked for, to where the sentence turns: “do not send it until you have spoken”."""


def aims(text: str) -> tuple[Aim, ...]:
    """Return what guidance asks for, the plainest first; empty where its words say nothing.

    What it says to leave ("instead of mailing again") is not asked for.
    """
    wanted = " ".join(_LEFT_ASIDE.sub(" ", each) for each in _sentences(text.lower()))
    found = [(m.start(), name) for name, words in _words().items() if (m := words.search(wanted))]
    names = {name for _, name in found}
    first: list[Aim] = [name for name in ("date", "widen") if name in names]
    return (*first, *(name for _, name in sorted(found) if name not in first))


def _sentences(text: str) -> list[str]:
    return re.split(r"[.;!?\n]", text)


@cache
def _words() -> dict[Aim, re.Pattern[str]]:
    told = tomllib.loads(Path(__file__).with_name("aims.toml").read_text(encoding="utf-8"))
    return {
        aim: re.compile(r"\b(?:" + "|".join(map(re.escape, told[aim]["words"])) + ")")
        for aim in get_args(Aim)
    }
