"""When deals are looked at: as soon as something was learned, or its moment came."""

from __future__ import annotations

from datetime import timedelta

from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record import watchable

WATCHING = "watching"
"""What the run works on that looks at deals."""
LOG_KEPT = timedelta(days=1)
"""How long runs are kept; there may be thousands a day."""


def start_due() -> None:
    """Start looking at deals where some are due."""
    now = clock.now()
    if watchable.is_due(now) and not starting.failed_lately(WATCHING):
        starting.start("watch", subject=WATCHING)
    old = Run.objects.filter(kind="watch", created_at__lt=now - LOG_KEPT)
    old.exclude(state__in=[Run.State.WAITING, Run.State.RUNNING]).delete()
