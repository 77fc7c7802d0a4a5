"""A company to look at, in an installation's home of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.record.telling import deal, member
from tests.views.test_inspection import started, told


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep uploads apart: two databases that run at once both begin with upload number 1."""
    monkeypatch.setenv("RIDEALONG_HOME", str(tmp_path))


@pytest.fixture
def numbers(db: None) -> dict[str, int]:
    """A company with deals of Sam's, Sue's and Bo's; an owner, and an account for each."""
    told(
        started("A1", name="Harbour rollout", company="Brandt Maritime"),
        started("B1", name="Pump audit", salesperson="sue"),
        started("C1", name="Sensor line", salesperson="bo"),
        deal("B1", 12, known=12, stage="Won", status="won"),
        member("ona", role="owner"),
        member("adi", role="admin"),
    )
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key, number in found.items():
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=number
        )
    return found
