"""Finding the rules: each class in the modules of ``rules/``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

import ridealong.views.signals.rules as folder
from ridealong.views.signals.rule import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name: what goes wrong first, in order of title."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(folder.__path__):
        whole = importlib.import_module(f"{folder.__name__}.{module.name}")
        found += [
            each()
            for _, each in inspect.getmembers(whole, inspect.isclass)
            if each.__module__ == whole.__name__
            and issubclass(each, Rule)
            and not inspect.isabstract(each)
        ]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: (rule.good, rule.title))}
