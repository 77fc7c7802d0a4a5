"""Print how well talks are read: ``python -m bench.nature``; ``--misses`` shows each mistake.

The talks were made up and labelled by the same hands that wrote the word lists: no recording of
real people is among them, and what they show is flattering. Both parts were written before any
word list. ``tuning`` has short talks, agendas and notes, on which lists and weights were tuned;
``held_out`` has longer dialogues in other voices, which are only scored. Figures to go by are those
of the part held out.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from bench.nature.labelled import Part, labelled
from bench.nature.scoring import (
    NATURES,
    NOTHING,
    Read,
    calibration,
    confusion,
    of_deals,
    of_nature,
    read_all,
    wilson,
)

_MADE = (
    "Made up and labelled by the same hands that wrote the word lists, before they did;\n"
    "no real recordings. That is flattering: expect less on your own talks."
)


def main() -> None:
    """Print the report of both parts, the one held out last."""
    print(_MADE)
    for part in ("tuning", "held_out", "fresh"):
        report(part)  # type: ignore[arg-type] # a tuple of literals is seen as one of strings


def report(part: Part) -> None:
    """Print one part's figures."""
    read = read_all(labelled(part))
    right = sum(each.right for each in read)
    majority = max(Counter(each.label.primary for each in read).values())
    low, high = wilson(right, len(read))
    print(f"\n{part}: {len(read)} talks")
    _print_confusion(read)
    print(
        f"largest share right: {right / len(read):.3f} [{low:.3f}, {high:.3f}], "
        f"always saying the commonest: {majority / len(read):.3f}"
    )
    print(f"error of shares: {sum(each.share_error for each in read) / len(read):.3f}")
    precision, recall = of_deals(read)
    print(f"deals discussed: precision {precision:.3f}, recall {recall:.3f}")
    kinds = sum(each.heard.kind == each.label.kind for each in read)
    print(f"kind right: {kinds / len(read):.3f}")
    for language in ("en", "de", "fr", "es"):
        its = [each for each in read if each.label.language == language]
        print(f"  {language}: {sum(each.right for each in its)} of {len(its)}")
    for sure, share, count in calibration(read):
        print(f"  said to be sure {sure:.2f}: right {share:.2f} of {count}")
    if "--misses" in sys.argv:
        _print_misses(read)


def _print_confusion(read: Sequence[Read]) -> None:
    table = confusion(read)
    columns = (*NATURES, NOTHING)
    print(f"{'in truth, and as read:':<24}" + "".join(f"{n[:7]:>8}" for n in columns))
    for name in NATURES:
        precision, recall = of_nature(table, name)
        counts = "".join(f"{table[name][other] or '·':>8}" for other in columns)
        print(f"{name:<24}{counts}  precision {precision:.2f} recall {recall:.2f}")


def _print_misses(read: Sequence[Read]) -> None:
    for each in read:
        label, heard = each.label, each.heard
        if not each.right:
            print(f"- {label.talked.title}: {dict(label.nature)} read as {dict(heard.nature)}")
            for name, _, words in heard.why[:2]:
                print(f"    {name}: {words}")
        if set(heard.deals) != label.deals:
            print(f"- {label.talked.title}: deals {sorted(label.deals)} read {heard.deals_why}")
        if heard.kind != label.kind:
            print(f"- {label.talked.title}: {label.kind} read as {heard.kind}")


if __name__ == "__main__":
    main()
