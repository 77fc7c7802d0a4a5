"""Print how often insights are wrong, and how often they are found.

``python -m bench.insight [--worlds N] [--power N] [--record N]``: so many simulated companies in
which nothing works, so many for each line of the table of power, and so many (of those in which
nothing works) that are told to a real record and read by the view itself.
"""

from __future__ import annotations

import argparse
import os
import time

# One thread a process: set before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Print the report."""
    from bench.insight.trials import LOOKS

    asked = argparse.ArgumentParser(prog="python -m bench.insight")
    asked.add_argument("--worlds", type=int, default=400)
    asked.add_argument("--power", type=int, default=24)
    asked.add_argument("--record", type=int, default=4)
    told = asked.parse_args()
    began = time.monotonic()
    print(f"Each world: ten salespeople, two and a half years, {len(LOOKS)} looks.\n")
    if told.worlds:
        _nothing(told.worlds)
    if told.power:
        _power(told.power)
    if told.record:
        from bench.insight.recorded import compared

        compared(told.record)
    print(f"\n{time.monotonic() - began:.0f} s")


def _nothing(worlds: int) -> None:
    from bench.insight.trials import exact, many
    from bench.insight.worlds import Effects

    print("Nothing works: worlds with any false claim, at any look")
    for deals, part in ((1000, 1), (300, 4), (2000, 4)):
        count = max(1, worlds // part)
        found = many(range(count), deals, Effects())
        wrong = sum(bool(each.false) for each in found)
        naive = sum(each.uncorrected for each in found)
        low, high = exact(wrong, count)
        kinds = [kind for each in found for kind, _, _ in each.false]
        by_kind = ", ".join(f"{kind} {kinds.count(kind)}" for kind in sorted(set(kinds))) or "none"
        print(
            f"  {deals:>5} deals: {wrong} of {count} = {wrong / count:.2%}"
            f" [{low:.2%}, {high:.2%}]; by kind: {by_kind}; uncorrected at the last look alone"
            f" {naive / count:.0%}",
            flush=True,
        )


def _power(worlds: int) -> None:
    from bench.insight.trials import LOOKS, many
    from bench.insight.worlds import STALLS_IN, Effects

    print(
        "\nSomething works: share of worlds in which it is claimed at the last look (and any false)"
    )
    sizes = {
        "small": Effects(decider=0.7, stall=0.3, followed=0.3),
        "middle": Effects(decider=1.5, stall=0.5, followed=0.6),
        "large": Effects(decider=2.5, stall=0.7, followed=1.0),
    }
    for name, effects in sizes.items():
        for deals in (300, 1000, 3000):
            found = many(range(10_000, 10_000 + worlds), deals, effects, LOOKS[-1:])
            decider = sum(("deal", "decider", 0) in each.claimed for each in found)
            stall = sum(("salesperson", str(STALLS_IN), 1) in each.claimed for each in found)
            led = sum(any(kind == "leading" for kind, _, _ in o.claimed) for o in found)
            wrong = sum(bool(each.false) for each in found)
            print(
                f"  {name:<7}{deals:>5} deals: decider {decider / worlds:.0%}, stall"
                f" {stall / worlds:.0%}, guidance {led / worlds:.0%}; false {wrong / worlds:.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
