"""``make bench``: import a large company, time its pages, on both databases; then the sources.

Figures of one run compare with each other, not with those of another machine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.world import Size, World, today, written
from tests.support.postgresql import server

ENGINES = ("sqlite", "postgresql")
SOURCES = ("mail", "calendar", "matching", "suggesting")


def main() -> None:
    """Run it all and print two tables for each engine."""
    choices = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    choices.add_argument("--engine", choices=ENGINES, action="append")
    usual = Size()
    choices.add_argument("--deals", type=int, default=usual.deals)
    choices.add_argument("--history", type=int, default=usual.history)
    choices.add_argument("--activities", type=int, default=usual.activities)
    chosen = choices.parse_args()
    size = Size(deals=chosen.deals, history=chosen.history, activities=chosen.activities)
    with tempfile.TemporaryDirectory(prefix="ridealong-bench-") as folder:
        files = Path(folder) / "files"
        files.mkdir()
        world = written(files, size, today())
        print(
            f"{size.deals:,} deals ({size.deals // 5:,} open), {size.history:,} changes, "
            f"{size.activities:,} activities",
            flush=True,
        )
        for engine in chosen.engine or ENGINES:
            with _installed(Path(folder) / engine, engine) as environment:
                _run(engine, world, environment)
    for source in SOURCES:
        print(f"\n## {source}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{source}"], check=True)
    print("\n## odds\n", flush=True)
    subprocess.run([sys.executable, "-m", "bench.forecast.size"], check=True)


@contextlib.contextmanager
def _installed(home: Path, engine: str) -> Iterator[dict[str, str]]:
    home.mkdir()
    environment = {
        **os.environ,
        "RIDEALONG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "ridealong.site.settings",
        "DATABASE_URL": "",
    }
    if engine == "sqlite":
        yield environment
        return
    with server() as address:
        yield {**environment, "DATABASE_URL": address}


def _run(engine: str, world: World, environment: dict[str, str]) -> None:
    ridealong = Path(sys.executable).with_name("ridealong")
    started = time.perf_counter()
    importing = subprocess.Popen([ridealong, "import", *world.files], env=environment)
    # Not Popen.wait: only wait4 tells this one child's memory.
    _, status, usage = os.wait4(importing.pid, 0)
    if status:
        sys.exit("the files could not be imported")
    seconds = time.perf_counter() - started
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    print(f"\n## {engine}\n")
    print(
        f"import: {world.rows:,} rows in {seconds:.0f} s, {world.rows / seconds:,.0f} rows/s, "
        f"peak memory {peak:.0f} MB\n"
    )
    print("| page | p50 ms | p95 ms | queries | its SQL alone, ms | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    pages = [sys.executable, "-m", "bench.pages"]
    with subprocess.Popen(pages, env=environment, stdout=subprocess.PIPE, text=True) as timings:
        for line in timings.stdout or ():
            t = json.loads(line)
            ratio = t["p50"] / t["sql"] if t["sql"] else float("nan")
            print(
                f"| {t['name']} | {t['p50']:.1f} | {t['p95']:.1f} | {t['queries']} | "
                f"{t['sql']:.1f} | {ratio:.1f} |",
                flush=True,
            )
    if timings.returncode:
        sys.exit(f"the pages could not be timed on {engine}")
    print(flush=True)
    subprocess.run([sys.executable, "-m", "bench.watching"], env=environment, check=True)
    odds = [sys.executable, "-m", "bench.forecast.size", "--record"]
    subprocess.run(odds, env=environment, check=True)


if __name__ == "__main__":
    main()
