"""What is slow to import is imported by what needs it, not by every page and command."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import django, sys
django.setup()
import ridealong.faces.web.urls, ridealong.faces.cli.forecast, ridealong.connections.refitting
print(*sorted({"lightgbm", "pandas", "polars", "scipy.stats", "sklearn"} & sys.modules.keys()))
"""


def test_pages_and_commands_start_without_what_only_odds_need(tmp_path):
    settings = {"DJANGO_SETTINGS_MODULE": "ridealong.site.settings", "DATABASE_URL": ""}
    environment = {**os.environ, **settings, "RIDEALONG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
