"""Finding the rules: each module of this folder that has ``RULES``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import ridealong.views.coaching.criteria as here
from ridealong.views.coaching.criteria.rule import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name, in order of title."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(here.__path__):
        found.extend(
            getattr(importlib.import_module(f"{here.__name__}.{module.name}"), "RULES", ())
        )
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.title)}
