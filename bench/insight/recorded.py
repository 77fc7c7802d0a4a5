"""Worlds told to a real record, and read by the view itself: it says what the statistics say.

Each in a database of its own, which is gone afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

FIRST = 50_000
DEALS = 200


def compared(worlds: int) -> None:
    """Print, of so many worlds in which nothing works, how the two ways agree."""
    same, wrong = 0, 0
    for seed in range(FIRST, FIRST + worlds):
        with tempfile.TemporaryDirectory(prefix="ridealong-insight-") as home:
            environment = {
                **os.environ,
                "RIDEALONG_HOME": home,
                "DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "ridealong.site.settings",
            }
            command = [sys.executable, "-m", "bench.insight.recorded", str(seed)]
            done = subprocess.run(
                command, env=environment, check=True, capture_output=True, text=True
            )
        told = json.loads(done.stdout.splitlines()[-1])
        same += told["same"]
        wrong += told["false"]
    print(
        f"\nTold to a record and read by the view ({DEALS} deals each): the same in {same} of"
        f" {worlds} worlds, any false claim in {wrong}"
    )


def one(seed: int) -> dict[str, Any]:
    """Tell a world to the record of this process, and compare what the view finds."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench.insight.facts import facts, moment
    from bench.insight.worlds import BEGAN, DAYS, Effects, world
    from ridealong.insight import tables, tried
    from ridealong.record import pipeline, writer
    from ridealong.record.ranks import SourceName
    from ridealong.views import insights
    from ridealong.views.insights.working import worked

    call_command("migrate", verbosity=0)
    made = world(seed, DEALS, Effects())
    writer.load(SourceName("crm", "crm"), facts(made))
    end = float(int(BEGAN + DAYS))
    pipe = pipeline.open(pipeline.EVERYTHING, moment(end))
    work = worked(pipe)
    ours = tried(made.company, tables(made.company), end)
    pure = {
        t.name: t.found for t in ours if t.kind == "deal" or (t.kind, t.name) == ("leading", "")
    }
    read = {
        t.name: t.found
        for t in work.trials
        if t.kind == "deal" or (t.kind, t.name) == ("leading", "")
    }
    counts = {name: (f.having, f.lacking) for name, f in pure.items() if f is not None}
    same = counts == {name: (f.having, f.lacking) for name, f in read.items() if f is not None}
    same = same and all(
        abs(f.effect - g.effect) < 1e-6
        for name, f in pure.items()
        if f is not None and (g := read[name]) is not None
    )
    found = insights.insights(pipe).found
    return {"same": same, "false": any(each.kind != "salesperson" for each in found)}


if __name__ == "__main__":
    print(json.dumps(one(int(sys.argv[1]))))
