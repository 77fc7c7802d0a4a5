"""Finding the kinds of sources: each folder beside this one that has a ``connector`` module."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache

import ridealong.sources
from ridealong.sources.base.connector import Connector


@cache
def connectors() -> dict[str, Connector]:
    """Return every connector by its kind, in order of title."""
    found: list[Connector] = []
    for folder in pkgutil.iter_modules(ridealong.sources.__path__, "ridealong.sources."):
        name = f"{folder.name}.connector"
        if folder.ispkg and folder.name != __package__ and importlib.util.find_spec(name):
            found.extend(importlib.import_module(name).CONNECTORS)
    return {each.kind: each for each in sorted(found, key=lambda each: each.title)}
