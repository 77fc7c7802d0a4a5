"""The settings of an installation that a test serves: its worker leaves what takes minutes.

Each of these has tests of its own; beside a browser they would only take its time.
"""

from __future__ import annotations

from ridealong.site import settings as usual
from ridealong.site.settings import *  # noqa: F403  all others are as they are

_LONG = {
    "ridealong.connections.refitting.start_due",
    "ridealong.connections.holding.start_due",
    "ridealong.watching.trying.start_due",
}
RIDEALONG_TICKS = [each for each in usual.RIDEALONG_TICKS if each not in _LONG]
