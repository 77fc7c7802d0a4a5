"""Finding the kinds of questions: each module of this folder that has ``QUESTIONS``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import ridealong.views.recall.questions as here
from ridealong.views.recall.questions.kind import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its name, those that are asked most first."""
    found: list[Kind] = []
    for module in pkgutil.iter_modules(here.__path__):
        found.extend(
            getattr(importlib.import_module(f"{here.__name__}.{module.name}"), "QUESTIONS", ())
        )
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (-kind.asked, kind.name))}
