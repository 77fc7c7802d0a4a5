"""When odds are fitted anew, and the run that does it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record.fits import anything_ended
from ridealong.record.progress import Progress, Watch

SUBJECT = "odds"


EVERY = timedelta(days=1)


def start_due() -> int:
    """Start fitting anew where the last time is a day ago; return how many runs were started."""
    since = clock.now() - EVERY
    if not anything_ended() or Run.objects.filter(subject=SUBJECT, created_at__gt=since).exists():
        return 0
    starting.start("refit", subject=SUBJECT)
    return 1


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Fit anew; a company with nothing to learn from is told so, and asked again another day."""
    # What fits is slow to import, and no other run needs it.
    from ridealong.views.forecasting.fitting import refit

    del run
    watch(Progress("fitting", 0, None))
    try:
        done = refit()
    except ValueError as error:
        return {"used": False, "why": str(error)}
    return {"used": done.used, "why": done.why, "told": list(done.fit.told)}
