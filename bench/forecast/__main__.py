"""``python -m bench.forecast``: odds on the event log of the BPI Challenge 2012, by time.

The log is not part of the project: ``--log`` names it, or it lies in ``../shared/data/bpic2012``
beside the checkout. ``--home``: an installation that has imported it already.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.forecast import rivals
from ridealong.odds import boosted, pooled
from ridealong.odds.backtesting import origins
from ridealong.odds.measuring import measured
from ridealong.odds.snapshots import WON, Floats, Snapshots

ROOT = Path(__file__).parents[2]
USUAL = ROOT.parent / "shared" / "data" / "bpic2012" / "events-until-2012-01-31.csv.gz"
MAPPING = ROOT / "examples" / "bpic2012" / "mapping.toml"
HORIZONS = (7.0, 30.0)
MOMENTS = 8
SPARE = 0.4
Says = Callable[[Snapshots, Snapshots, float], Floats]
Rows = npt.NDArray[np.bool_]


def _trees(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
    fitted = boosted.fit(known, (horizon,))
    return fitted.predict(asked, np.array([horizon])).won[:, 0]


def _stages(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
    return pooled.fit(known).predict(asked, np.array([horizon])).won[:, 0]


WAYS: dict[str, Says] = {
    "Ridealong": _trees,
    "quick baseline": rivals.quick,
    "stage and last event": rivals.last_event_rate,
    "stage": rivals.stage_rate,
    "pooled stages": _stages,
}


def main() -> None:
    """Import the log, and print a table for each horizon and point of a deal's life."""
    choices = argparse.ArgumentParser(prog="python -m bench.forecast", description=__doc__)
    choices.add_argument("--log", type=Path, default=USUAL)
    choices.add_argument("--mapping", type=Path, default=MAPPING)
    choices.add_argument("--home", type=Path)
    choices.add_argument("--horizon", type=float, action="append", help="days; 7 and 30")
    choices.add_argument("--at", default="2012-02-01T00:00:00+01:00")
    chosen = choices.parse_args()
    with tempfile.TemporaryDirectory(prefix="ridealong-bench-") as folder:
        os.environ["RIDEALONG_HOME"] = str(chosen.home or folder)
        os.environ["DATABASE_URL"] = ""
        if chosen.home is None:
            program = Path(sys.executable).with_name("ridealong")
            mapping = ["--mapping", chosen.mapping]
            subprocess.run([program, "import", chosen.log, *mapping], check=True)
        _report(datetime.fromisoformat(chosen.at), chosen.horizon or HORIZONS)


def _report(at: datetime, horizons: Iterable[float]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ridealong.site.settings")
    import django

    django.setup()
    from ridealong.record import pipeline
    from ridealong.record.courses import moment
    from ridealong.views.forecasting import frame

    told, learned = frame.training(pipeline.open(pipeline.EVERYTHING, at))
    snapshots = told.snapshots
    print(f"{learned.ended:,} deals ended, {len(snapshots):,} snapshots\n")
    for horizon in horizons:
        moments = origins(snapshots, horizon, MOMENTS, SPARE)
        days = ", ".join(f"{moment(each):%d %b}" for each in moments[::-1])
        print(f"## Won within {horizon:.0f} days, asked at {len(moments)} moments: {days}\n")
        rows, said = _asked(snapshots, horizon, moments)
        hit = rows.ended(WON, horizon)
        for name, here in _lives(rows, learned.words.names).items():
            if here.sum() > 200 and hit[here].sum() > 20:
                _table(name, rows.where(here), {k: v[here] for k, v in said.items()}, hit[here])


def _asked(
    snapshots: Snapshots, horizon: float, moments: tuple[float, ...]
) -> tuple[Snapshots, dict[str, Floats]]:
    """What each way says of what was open at each moment, from what was known then."""
    said: dict[str, list[Floats]] = {name: [] for name in WAYS}
    numbers = []
    for each in moments:
        now = np.abs(snapshots.at - each) < 1e-6
        numbers.append(np.flatnonzero(now))
        for name, way in WAYS.items():
            said[name].append(way(snapshots.as_of(each), snapshots.where(now), horizon))
    rows = snapshots.pick(np.concatenate(numbers))
    return rows, {name: np.concatenate(parts) for name, parts in said.items()}


def _lives(rows: Snapshots, names: tuple[tuple[str, str, str], ...]) -> dict[str, Rows]:
    """Points of a deal's life."""
    age = rows.values[:, rows.names.index("age")]

    def had(title: str) -> Rows:
        types = [number for number, name in enumerate(names) if name[2] == title]
        seen: Rows = np.zeros(len(rows), dtype=bool)
        for number in types:
            seen |= rows.values[:, rows.names.index(f"n_type_{number}")] > 0
        return seen

    sent, answered = had("Offer sent"), had("The customer answered the offer")
    return {
        "all": age >= 0,
        "first day": age <= 1,
        "rest of the first week": (age > 1) & (age <= 7),
        "second week": (age > 7) & (age <= 14),
        "later": age > 14,
        "no offer yet": ~sent,
        "after an offer": sent & ~answered,
        "after the customer answered": answered,
    }


def _table(name: str, rows: Snapshots, said: dict[str, Floats], hit: Rows) -> None:
    print(f"### {name}: {len(rows):,} rows of {len(np.unique(rows.thing)):,} deals\n")
    print(f"{hit.mean():.1%} won.\n")
    print("| | AUC | Brier | log loss | calibration error (90%) | mean odds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for way, odds in said.items():
        m = measured(odds, hit, rows.thing)
        error = f"{m.calibration_error:.3f} ({m.calibration_low:.3f}–{m.calibration_high:.3f})"
        auc = "–" if m.auc is None else f"{m.auc:.3f}"
        print(f"| {way} | {auc} | {m.brier:.4f} | {m.log_loss:.4f} | {error} | {m.said:.1%} |")
    print(flush=True)


if __name__ == "__main__":
    main()
