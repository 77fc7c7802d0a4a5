"""Print how well talks are read: ``python -m bench.nature``; ``--misses`` shows each mistake.

Every talk was made up and labelled by hand, and all by the same hands: no recording of real people
is among them. That flatters. The examples (``ridealong/sources/hearing/examples.toml``, 252 talks:
short notes and agendas, and longer dialogues) are what weights are learned from; they are scored by
cross-validation, each by weights learned from the others. The held-out part (``fresh.toml``, 46
talks) was written last, in other voices, and nothing was learned from it or changed for it, but
for one thing: it decided between lists of phrases and learned weights. Figures to go by are its.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from bench.nature.labelled import folds, fresh
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
    "Made up and labelled by the same hands; no real recordings. That is flattering: expect less\n"
    "on your own talks. Go by the held-out part, of which nothing was learned."
)


def main() -> None:
    """Print the report of both parts, the one held out last."""
    print(_MADE)
    report("examples, cross-validated", [r for part in folds() for r in read_all(*part)])
    report("held out", read_all(fresh()))


def report(name: str, read: Sequence[Read]) -> None:
    """Print one part's figures."""
    right = sum(each.right for each in read)
    majority = max(Counter(each.label.primary for each in read).values())
    low, high = wilson(right, len(read))
    print(f"\n{name}: {len(read)} talks")
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
