"""Judging every open deal of the large company, and one of which a fact came in.

Run by ``python -m bench``, and by itself on the installation that the environment names.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from datetime import timedelta

import django

django.setup()

from ridealong.lib import clock  # noqa: E402  after setup
from ridealong.record import pipeline, writer  # noqa: E402
from ridealong.record.facts import Fact  # noqa: E402
from ridealong.record.pipeline import EVERYTHING, Criteria  # noqa: E402
from ridealong.record.projection.concerning import ANY, mark  # noqa: E402
from ridealong.record.ranks import SourceName  # noqa: E402
from ridealong.watching.watching import watch_due  # noqa: E402

FACTS = 100


def main() -> None:
    """Print seconds and memory of both, and how many times as long all of them take."""
    watch_due()  # what is normal is learned, and what the import marked is judged
    mark({ANY})
    started = time.perf_counter()
    whole = watch_due()
    seconds = time.perf_counter() - started
    print(
        f"every open deal: {whole.deals:,} in {seconds:.1f} s ({whole.deals / seconds:,.0f}/s), "
        f"{sum(pipeline.open(EVERYTHING).signals.counts().values()):,} signals stand",
        flush=True,
    )
    dice = random.Random(5)
    deals = pipeline.open(EVERYTHING).open_deals(Criteria(), limit=500)
    told, judged = [], []
    for number in range(FACTS):
        deal = dice.choice(deals)
        said = {"kind": "email", "direction": "in", "deal": deal.key, "title": "Re: the offer"}
        at = clock.now() - timedelta(minutes=1)
        fact = Fact("activity", f"bench-mail-{number}", at, said, f"bench-mail-{number}")
        started = time.perf_counter()
        writer.append(SourceName("bench", "mail"), [fact])
        stored = time.perf_counter()
        watch_due()
        told.append(stored - started)
        judged.append(time.perf_counter() - stored)
    one = statistics.median(judged)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 if sys.platform != "darwin" else 1024 * 1024)
    print(
        f"one new mail: {statistics.median(told) * 1000:.1f} ms to store, {one * 1000:.1f} ms to "
        f"judge (p95 {sorted(judged)[int(FACTS * 0.95)] * 1000:.1f}); all of them take "
        f"{seconds / one:,.0f} times as long; peak memory {megabytes:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
