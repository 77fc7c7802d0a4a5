"""Print precision and recall on the labelled set: ``python -m bench.matching``."""

from __future__ import annotations

import argparse
import time

from bench.matching.mailboxes import mailboxes
from bench.matching.scoring import Score, judged


def main() -> None:
    """Match the mailboxes of some seeds and print what came of it."""
    choices = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    choices.add_argument("--seed", type=int, action="append")
    choices.add_argument("--shapes", action="store_true", help="also by kind of conversation")
    chosen = choices.parse_args()
    for seed in chosen.seed or [1]:
        given = mailboxes(seed)
        began = time.perf_counter()
        results = judged(given)
        seconds = time.perf_counter() - began
        print(
            f"seed {seed}: {len(given.candidates)} deals, {len(results):,} activities, "
            f"{len(results) / seconds:,.0f} a second"
        )
        _print("all", Score.of(results))
        for shape in sorted({each.labelled.shape for each in results}) if chosen.shapes else ():
            _print(shape, Score.of([each for each in results if each.labelled.shape == shape]))


def _print(name: str, score: Score) -> None:
    print(
        f"  {name:16} precision {score.precision:.4f}  recall {score.recall:.4f}  "
        f"with ambiguous {score.honest_recall:.4f}  placed {score.placed:5,}  "
        f"of {score.with_deal:5,}  wrong {score.placed - score.right:4,}  "
        f"ambiguous {score.ambiguous / max(score.activities, 1):.1%}"
    )


if __name__ == "__main__":
    main()
