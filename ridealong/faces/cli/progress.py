"""A bar on the terminal while something long is done; nothing where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from ridealong.record.writer import Progress, Watch


@contextmanager
def watching() -> Iterator[Watch]:
    """Show what the writer does; yields what to give it as ``progress``."""
    terminal = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=terminal, disable=not terminal.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.doing not in tasks:
                tasks[progress.doing] = bar.add_task(progress.doing.capitalize(), total=None)
            bar.update(tasks[progress.doing], completed=progress.done, total=progress.total)

        yield show
