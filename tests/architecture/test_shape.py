"""The shape of the code: sizes, and where tables may live. Layers are held by import-linter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("ridealong", "tests", "bench", "scripts")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
OUTSIDE_THE_RECORD = {
    "connections": "how sources are reached",
    "credentials": "who signs in",
    "jobs": "long work that a person watches",
    "telling": "what members want to be told, and were",
}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    for function in functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= 60, f"{function.name} has {length} lines"


def test_no_table_lives_outside_the_record_but_a_listed_few():
    ours = {m._meta.app_label for m in apps.get_models() if m.__module__.startswith("ridealong.")}
    assert ours == {"record", *OUTSIDE_THE_RECORD}


def test_no_names_that_say_nothing():
    for path in CODE:
        for word in ("utils", "helpers", "manager", "services"):
            assert word not in path.stem.split("_"), path
    assert not list((ROOT / "ridealong").rglob("views.py"))
