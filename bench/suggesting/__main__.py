"""Print precision and recall of suggestions for each field: ``python -m bench.suggesting``.

The sentences (``sentences.tsv``) were made up and labelled by hand before the rules were written,
hard cases among them; they are few, and no mail of real people. ``--misses`` shows each mistake.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ridealong.sources.suggesting import DealNow, Text, suggest

SAID = datetime(2026, 11, 24, 10, tzinfo=UTC)
PEOPLE = {"Eva Brandt": "", "Tom Berg": "", "Anne-Marie Petit": ""}
DEAL = DealNow(None, "EUR", None, next_step="", people=PEOPLE)


@dataclass(frozen=True)
class Labelled:
    """A sentence, by whom, and what it suggests ("" for nothing)."""

    by_buyer: bool
    sentence: str
    expected: str


def labelled() -> list[Labelled]:
    """Read the sentences."""
    lines = Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        side, sentence, *expected = line.split("\t")
        found.append(Labelled(side == "in", sentence, expected[0] if expected else ""))
    return found


def suggested(one: Labelled) -> str:
    """Return what is suggested in the form of the labels."""
    zone = ZoneInfo("Europe/Berlin")
    text = Text(one.sentence, SAID, one.by_buyer, zone, speaker="Eva Brandt" * one.by_buyer)
    found = suggest(text, DEAL)
    if not found:
        return ""
    if found[0].field == "role":
        return f"role={found[0].who}:{found[0].value}"
    valued = found[0].field in {"close_date", "amount"}
    return f"{found[0].field}={found[0].value}" if valued else found[0].field


def scores() -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Return, by field: right ones, all that were suggested, all that should be; the mistakes."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    misses = []
    for one in labelled():
        got = suggested(one)
        wanted[one.expected.partition("=")[0]] += 1
        said[got.partition("=")[0]] += 1
        if got == one.expected:
            right[got.partition("=")[0]] += 1
        else:
            misses.append(f"{one.sentence}\n    expected {one.expected or '–'}, got {got or '–'}")
    return right, said, wanted, misses


def main() -> None:
    """Print a line for each field, and one for all."""
    right, said, wanted, misses = scores()
    fields = sorted(field for field in wanted if field)
    print(f"{len(labelled())} labelled sentences")
    print(f"{'field':<12}{'precision':>10}{'recall':>10}{'suggested':>11}{'labelled':>10}")
    for name, some in [*((field, [field]) for field in fields), ("all", fields)]:
        good, told, all_of = (sum(counts[f] for f in some) for counts in (right, said, wanted))
        print(f"{name:<12}{good / max(told, 1):>10.3f}{good / all_of:>10.3f}{told:>11}{all_of:>10}")
    if "--misses" in sys.argv:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
