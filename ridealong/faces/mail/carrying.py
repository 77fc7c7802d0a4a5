"""Carrying a letter out: written from the record as it is now, sent once.

What is sure: a mail that the server answered to is never sent again; one that it has not begun to
receive is tried again. Of one that it had begun to receive when the worker was killed or the line
broke, nobody can tell; it is not sent again, and its run says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from ridealong.faces.mail import briefs, digests, invitations, rides, trying
from ridealong.faces.mail.delivering import MAYBE, Unanswered, deliver
from ridealong.faces.mail.letters import Letter, Nothing
from ridealong.faces.mail.writing import html, message
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.again import Interrupted, Refused, TryAgain
from ridealong.record.progress import Progress, Watch

LETTERS: Mapping[str, Callable[[Run], Letter]] = {
    "at_once": digests.at_once,
    "brief": briefs.letter,
    "digest": digests.letter,
    "invitation": invitations.letter,
    "ride": rides.letter,
    "ride_note": rides.note,
    "test": trying.letter,
}


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Write and send the run's letter; return to whom, and what it told.

    Raises ``Refused``, ``TryAgain`` or ``Interrupted``.
    """
    said: dict[str, Any] = dict(run.report or {})
    if said.get("sent"):
        return said
    if said.get("handed_over"):
        raise Refused(MAYBE)
    problem = posting.problem()
    if problem:
        raise Refused(problem)
    watch(Progress("sending", 0, None))
    try:
        letter = LETTERS[run.plan["letter"]](run)
    except Nothing as nothing:
        return {"ended": str(nothing)}
    said = {"to": letter.email, "told": dict(letter.told)}
    _keep(run, said)
    whole = message(letter, number=f"{run.pk}.{run.created_at:%Y%m%d%H%M%S%f}", at=clock.now())
    handed_over = {**said, "handed_over": True}
    try:
        deliver(whole, lambda: _hand_over(run, handed_over, letter))
    except Unanswered as error:
        raise Refused(MAYBE) from error
    except (Refused, TryAgain):
        # The server said that it did not take it: then it may be sent again.
        with transaction.atomic():
            _keep(run, said)
            if letter.entry is not None:
                letter.entry.forget()
        raise
    _keep(run, {**handed_over, "sent": True})
    return {**handed_over, "sent": True}


def preview(name: str, about: Mapping[str, Any]) -> str:
    """Return a letter as HTML, as it would be sent now; "" where there is nothing to write.

    Raises ``Refused``.
    """
    try:
        return html(LETTERS[name](Run(plan={**about, "preview": True})))
    except Nothing:
        return ""


def _hand_over(run: Run, report: Mapping[str, Any], letter: Letter) -> None:
    """Keep that it goes over the line, and what it tells. Raises ``Interrupted``."""
    with transaction.atomic():
        _keep(run, report)
        if letter.entry is not None:
            letter.entry.note()


def _keep(run: Run, report: Mapping[str, Any]) -> None:
    """Keep how far it is while the run is ours. Raises ``Interrupted`` where it is no more."""
    ours = Run.objects.filter(pk=run.pk, lease=run.lease, state=Run.State.RUNNING)
    if not ours.update(report=dict(report)):
        raise Interrupted
