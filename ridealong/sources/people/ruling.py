"""How the rules of signals are set."""

from __future__ import annotations

from collections.abc import Mapping

from ridealong.sources.people.speaking import say


def set_rule(name: str, values: Mapping[str, float], *, off: bool) -> str:
    """Set a rule's numbers, all that differ from its defaults, and whether it is switched off.

    Return the statement's name. Raises ``InvalidFact``.
    """
    return say("rule", name, {"values": dict(values), "off": off})
