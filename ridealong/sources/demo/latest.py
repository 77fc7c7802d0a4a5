"""The last days before today, completed: whatever happens in a sales team, happened lately."""

from __future__ import annotations

from ridealong.sources.demo.world import World


def complete(world: World) -> None:
    """See to it that each kind of change and of situation can be found now."""
