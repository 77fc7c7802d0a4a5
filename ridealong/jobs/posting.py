"""Asking for a mail: which letter, about what. A worker writes it from the record and sends it.

Whoever asks knows neither how a letter looks nor the mail server; the carrier of runs of the kind
"mail" does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.record.directory import organisation

KIND = "mail"


class NotSetUp(Exception):
    """No mail can be sent; the text says why, for a person."""


def problem() -> str:
    """Say why no mail can be sent, "" where it can be."""
    if not settings.RIDEALONG_NO_MAIL and organisation().simulated:
        return "Mail is not set up: nobody of a simulated company gets any."
    return str(settings.RIDEALONG_NO_MAIL)


def post(letter: str, about: Mapping[str, Any], *, subject: str, by: int | None = None) -> Run:
    """Ask for a letter and return its run at once. Raises ``NotSetUp``.

    ``about``: numbers and keys of what it is about, never its words: it is written when it is
    sent. ``subject``: of one subject no two letters wait or are sent at a time; one that waits is
    sent at once.
    """
    why = problem()
    if why:
        raise NotSetUp(why)
    plan = {"letter": letter, **about}
    return starting.start(KIND, plan=plan, subject=subject, started_by=by)


def preview(letter: str, about: Mapping[str, Any]) -> str:
    """Return a letter as HTML, as it would be sent now; "" where there is nothing to write.

    Raises ``Refused``.
    """
    shown: str = import_string(settings.RIDEALONG_PREVIEW)(letter, about)
    return shown


def last(subjects: Iterable[str]) -> dict[str, Run]:
    """Return the last letter of each subject, as far as there is one."""
    rows = Run.objects.filter(kind=KIND, subject__in=sorted(subjects)).order_by("id")
    return {run.subject: run for run in rows}
