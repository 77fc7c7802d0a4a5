"""``python -m bench.forecast.coverage``: how often ranges of what comes in held, over companies.

Simulated ones (``--demo``, seeds), the hardware seller in ``examples/maven-crm`` and the bank of
the BPI Challenge 2012 (``--log``, left out where it is not there). Each is imported into an
installation of its own and asked through ``ridealong backtest forecast``. Minutes for each.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from bench.forecast.__main__ import MAPPING, ROOT, USUAL

PROGRAM = Path(sys.executable).with_name("ridealong")
MAVEN = ROOT / "examples" / "maven-crm"
TODAY = date(2026, 12, 1)
PARTS = {"company": "company", "open_deals": "open deals", "members": "people"}


def _seeded(home: str, number: int) -> None:
    os.environ.update(RIDEALONG_HOME=home, DATABASE_URL="")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ridealong.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from ridealong.sources.demo.seeding import seed

    call_command("migrate", verbosity=0)
    seed(TODAY, number)


def _run(home: str, *arguments: str | Path) -> str:
    environment = {**os.environ, "RIDEALONG_HOME": home, "DATABASE_URL": ""}
    command = [PROGRAM, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=-1, text=True).stdout


def _companies(seeds: list[int], log: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each company's name and how often its ranges held, by horizon."""
    for number in seeds:
        with tempfile.TemporaryDirectory(prefix="ridealong-bench-") as home:
            # Settings are read once in a process, and each company has a database of its own.
            process = multiprocessing.get_context("spawn").Process
            seeding = process(target=_seeded, args=(home, number))
            seeding.start()
            seeding.join()
            yield f"simulated, seed {number}", _asked(home, f"{TODAY}T12:00:00+00:00")
    files = {
        "hardware seller": ([*sorted(MAVEN.glob("*.csv"))], MAVEN / "mapping.toml", "2018-01-01"),
        "bank": ([log] if log.exists() else [], MAPPING, "2012-02-01T00:00:00+01:00"),
    }
    for name, (found, mapping, at) in files.items():
        if not found:
            print(f"{name}: {log} is not there", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory(prefix="ridealong-bench-") as home:
            _run(home, "import", *found, "--mapping", mapping)
            yield name, _asked(home, at)


def _asked(home: str, at: str) -> list[dict[str, Any]]:
    told = json.loads(_run(home, "backtest", "forecast", "--format", "json", "--at", at))
    rollup: list[dict[str, Any]] = told["rollup"]
    return rollup


def main() -> None:
    """Print a line for each company and horizon, then all companies together."""
    choices = argparse.ArgumentParser(prog="python -m bench.forecast.coverage", description=__doc__)
    choices.add_argument("--demo", type=int, nargs="*", default=[11, 12, 13, 14, 15, 16])
    choices.add_argument("--log", type=Path, default=USUAL)
    chosen = choices.parse_args()
    print("| | of | within | held | share (90%) | by their own word | side by side |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    every: dict[tuple[str, float], list[dict[str, Any]]] = {}
    for name, rollup in _companies(chosen.demo, chosen.log):
        for held in rollup:
            for part in PARTS:
                if held[part]:
                    every.setdefault((part, held["days"]), []).append(held[part])
                    _line(name, part, held["days"], [held[part]])
    for (part, days), found in sorted(every.items()):
        _line("all", part, days, found)


def _line(name: str, part: str, days: float, found: list[dict[str, Any]]) -> None:
    times, held = (sum(each[key] for each in found) for key in ("times", "held"))
    said = sum(each["said"] * each["times"] for each in found) / times
    apart = max(1, round(sum(each["apart"] for each in found)))
    near = binomtest(round(held / times * apart), apart).proportion_ci(0.9, "wilson")
    share = f"{held / times:.0%} ({near.low:.0%}–{near.high:.0%})"
    cells = (PARTS[part], f"{days:.0f} d", f"{held:,}/{times:,}", share, f"{said:.0%}", f"{apart}")
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
