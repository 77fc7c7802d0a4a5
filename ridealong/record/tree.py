"""Who is below whom: pure, over {member's number: their leader's number}."""

from __future__ import annotations

from collections.abc import Mapping


def in_ring(number: int, leaders: Mapping[int, int | None]) -> bool:
    """Say whether following the leaders from ``number`` comes back to it."""
    seen: set[int] = set()
    above = leaders.get(number)
    while above is not None and above not in seen:
        if above == number:
            return True
        seen.add(above)
        above = leaders.get(above)
    return False


def below(leader: int, leaders: Mapping[int, int | None]) -> frozenset[int]:
    """Return everybody below ``leader``, however far; a ring ends where it comes back."""
    reports: dict[int, list[int]] = {}
    for number, above in leaders.items():
        if above is not None:
            reports.setdefault(above, []).append(number)
    found: set[int] = set()
    waiting = list(reports.get(leader, ()))
    while waiting:
        number = waiting.pop()
        if number not in found and number != leader:
            found.add(number)
            waiting.extend(reports.get(number, ()))
    return frozenset(found)
