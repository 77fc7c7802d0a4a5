"""How many examples a property gets whose examples are costly."""

from __future__ import annotations

from hypothesis import settings

_USUAL = settings.get_profile("quick").max_examples


def costly(examples: int) -> settings:
    """Return settings for so many examples; as many times more as the chosen profile has more."""
    return settings(max_examples=examples * settings().max_examples // _USUAL)
