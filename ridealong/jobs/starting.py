"""Asking for work to be done, now or again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from ridealong.jobs.models import SILENT, Run
from ridealong.lib import clock

LONG = "long"
"""The queue of what takes minutes."""
FAILED_REST = timedelta(minutes=10)
"""How long a schedule lets be what has failed for good."""


def start(
    kind: str,
    *,
    plan: Any = None,
    subject: str = "",
    started_by: int | None = None,
    hurry: bool = False,
) -> Run:
    """Ask for work of this kind and return its run at once.

    While one of the same ``subject`` waits or runs, that one is returned: never two at once.
    ``hurry``: a person asks, so one that waits for another try has it now. A schedule never
    hurries: a service that asked to be left alone is left alone.
    """
    run = Run(
        kind=kind,
        subject=subject,
        plan=[] if plan is None else plan,
        started_by=started_by,
        state=Run.State.WAITING,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        active = Run.objects.filter(subject=subject, state__in=["waiting", "running"]).first()
        # It may have ended just now: then what was asked for can begin.
        if active is None:
            return start(kind, plan=plan, subject=subject, started_by=started_by, hurry=hurry)
        if hurry and active.state == Run.State.WAITING:
            Run.objects.filter(pk=active.pk, state=Run.State.WAITING).update(due_at=clock.now())
            enqueue(active.pk, active.kind)
        return active
    enqueue(run.pk, kind)
    return run


def failed_lately(subject: str) -> bool:
    """Say whether the last work on a subject has failed just now: a schedule lets it be a while."""
    last = Run.objects.filter(subject=subject).order_by("-id").first()
    return (
        last is not None
        and last.state == Run.State.FAILED
        and last.heard_at > clock.now() - FAILED_REST
    )


def begin(run: Run) -> None:
    """Let a planned run begin, or one that failed begin anew."""
    ready = [Run.State.PLANNED, Run.State.FAILED]
    changed = Run.objects.filter(pk=run.pk, state__in=ready).update(
        state=Run.State.WAITING,
        heard_at=clock.now(),
        due_at=clock.now(),
        attempts=0,
        doing="",
        done=0,
        total=None,
        per_second=None,
        error="",
    )
    if changed:
        enqueue(run.pk, run.kind)


def revive() -> int:
    """Put back into the queue what no process carries any more; return how many there were.

    A run whose process was killed, and one whose place in the queue went with its worker.
    """
    now = clock.now()
    silent = Run.objects.filter(state=Run.State.RUNNING, heard_at__lt=now - SILENT)
    silent.update(state=Run.State.WAITING, lease="", due_at=now)
    forgotten = Run.objects.filter(
        state=Run.State.WAITING, due_at__lte=now, heard_at__lt=now - SILENT
    )
    runs = list(forgotten.values_list("pk", "kind"))
    for number, kind in runs:
        Run.objects.filter(pk=number).update(heard_at=now)
        enqueue(number, kind)
    return len(runs)


def enqueue(number: int, kind: str, *, at: datetime | None = None) -> None:
    """Put a run of this kind into its queue once what is being written is written."""
    from ridealong.jobs.carrying import carry

    queue = LONG if kind in settings.RIDEALONG_LONG_WORK else "default"
    task = carry.using(queue_name=queue, run_after=at)
    transaction.on_commit(lambda: task.enqueue(number))
