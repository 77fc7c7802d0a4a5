"""Telling webhooks of signals, in the order in which they were raised.

What is being told is noted before it is sent and struck off when it was taken. A worker that is
killed between the two has it sent again, with the same id.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.again import Interrupted, Refused
from ridealong.record import pipeline
from ridealong.record.directory import organisation
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.progress import Progress, Watch
from ridealong.telling import composing, journal, messages, sending
from ridealong.telling.models import Webhook

AT_ONCE = 200
"""Signals in one message to a program; Slack gets one message of all."""
SIMULATED = "Nothing goes out of a simulated company."


def start_waiting(now: datetime) -> int:
    """Let each webhook be told for which something was raised; return how many.

    One that failed for good waits until somebody tries it again.
    """
    hooks = list(Webhook.objects.all())
    if not hooks or organisation().simulated:
        return 0
    until = journal.complete_until(now)
    pipe = pipeline.open(EVERYTHING, now)
    last = last_runs(hooks)
    started = 0
    for hook in hooks:
        run = last.get(hook.pk)
        if run is not None and (run.active or run.state == Run.State.FAILED):
            continue
        found = hook.pending or pipe.signals.standing(
            rules=hook.rules or None, since=hook.told_until, until=until, limit=1
        )
        if found:
            start(hook)
            started += 1
    return started


def start(hook: Webhook, *, by: int | None = None, test: bool = False) -> Run:
    """Tell a webhook what waits for it, or that it is reached."""
    plan = {"webhook": hook.pk, "test": test}
    return starting.start(
        "webhook", subject=hook.subject, plan=plan, started_by=by, hurry=by is not None
    )


def last_runs(hooks: Iterable[Webhook]) -> dict[int, Run]:
    """Return {webhook: its last run}, as far as there is one."""
    numbers = {hook.subject: hook.pk for hook in hooks}
    rows = Run.objects.filter(subject__in=sorted(numbers)).order_by("id")
    return {numbers[run.subject]: run for run in rows}


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Tell one webhook all that waits for it; a run of the kind "webhook".

    Raises ``TryAgain`` and ``Refused``.
    """
    hook = Webhook.objects.filter(pk=run.plan["webhook"]).first()
    if hook is None:
        return {"ended": "It was removed."}
    if organisation().simulated:
        raise Refused(SIMULATED)
    if run.plan.get("test"):
        _send(hook, composing.test_body(hook), f"test-{run.pk}")
        return {"test": True}
    sent = 0
    while pending := _gather(hook):
        sent += _tell_next(hook, pending)
        watch(Progress("telling", sent, None))
    return {"messages": sent}


def _gather(hook: Webhook) -> dict[str, Any] | None:
    """Note what is to be told now and return it, None where there is nothing."""
    if hook.pending:
        return dict(hook.pending)
    until = journal.complete_until(clock.now())
    pipe = composing.opened(hook)
    items = composing.told_of(hook, pipe, since=hook.told_until, until=until)
    if not items:
        _keep(hook, told_until=until)
        return None
    pending = {
        "id": secrets.token_hex(12),
        "until": until.isoformat(),
        "done": 0,
        "signals": journal.as_plain(item.episode for item in items),
    }
    _keep(hook, pending=pending)
    return pending


def _keep(hook: Webhook, **values: Any) -> None:
    """Keep how far it is. Raises ``Interrupted`` where it was removed meanwhile."""
    for name, value in values.items():
        setattr(hook, name, value)
    if not Webhook.objects.filter(pk=hook.pk).update(**values):
        raise Interrupted


def _tell_next(hook: Webhook, pending: dict[str, Any]) -> int:
    """Send the next message of what is being told; return how many went out: none or one.

    What was cleared or settled meanwhile is left out.
    """
    done: int = pending["done"]
    size = len(pending["signals"]) if hook.kind == Webhook.Kind.SLACK else AT_ONCE
    episodes = set(journal.from_plain(pending["signals"][done : done + size]))
    told = composing.standing(composing.opened(hook), episodes)
    if told:
        number = f"{pending['id']}-{done}"
        _send(hook, composing.body(hook, told, number), number)
    done += size
    if done >= len(pending["signals"]):
        _keep(hook, told_until=datetime.fromisoformat(pending["until"]), pending=None)
    else:
        _keep(hook, pending={**pending, "done": done})
    return 1 if told else 0


def _send(hook: Webhook, body: dict[str, Any], number: str) -> None:
    kept = hook.secrets
    content = messages.as_bytes(body)
    headers = {"Content-Type": "application/json", "User-Agent": "Ridealong"}
    if hook.kind == Webhook.Kind.GENERIC:
        headers["X-Ridealong-Id"] = number
        at = int(time.time())
        headers["X-Ridealong-Signature"] = messages.signature(kept["secret"], at, content)
    sending.send(kept["address"], content, headers)
    _keep(hook, told_at=clock.now())
