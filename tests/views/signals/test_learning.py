"""What is normal is learned from deals won, as of a moment, with what was known then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import signals
from ridealong.views.signals.norms import ENOUGH
from tests.record.telling import activity, deal, member, on, stages, tell

pytestmark = pytest.mark.django_db
CFO = "Chief Financial Officer"


def won(key: str, spent: int, **more: Any) -> Iterator[Fact]:
    """A deal in Qualify for ``spent`` days and in Propose for 10, pushed once, then won."""
    begins = {"name": key, "salesperson": "sam", "status": "open", "stage": "qualify"}
    yield deal(key, 0, known=0, close_date="2026-02-01", **begins)
    yield deal(key, 1, known=1, close_date="2026-02-11")
    yield deal(key, spent, known=spent, stage="propose")
    yield deal(key, spent + 10, known=spent + 10, stage="won", status="won", **more)
    mail: dict[str, Any] = {"kind": "email", "deal": key, "member": "sam", "contacts": ["eng"]}
    yield activity(f"{key}:1", 1, direction="out", **mail)
    yield activity(f"{key}:2", 3, direction="in", **mail)
    both: dict[str, Any] = {"kind": "meeting", "deal": key, "member": "sam", "done": True}
    yield activity(f"{key}:3", spent + 1, contacts=["eng", "cfo"], **both)


def company(deals: int) -> list[Fact]:
    """A company that won so many deals, each a day slower than the one before."""
    told = [
        member("lea", role="leader"),
        member("sam", "lea"),
        *stages(qualify="open", propose="open", won="won"),
        *(
            Fact("contact", key, on(-30), {"name": key, "title": title}, key, recorded_at=on(-30))
            for key, title in (("eng", "Engineer"), ("cfo", CFO))
        ),
    ]
    for number in range(deals):
        told += won(f"W{number}", 20 + number)
    return told


def norms(day: float, *, known: float | None = None) -> tuple[signals.StageNorms, signals.Norms]:
    """Return what is normal in Qualify on a day."""
    pipe = pipeline.open(EVERYTHING, on(day), on(day if known is None else known))
    found = signals.learn(pipe)
    qualify = next(stage.id for stage in pipe.stages() if stage.key == "qualify")
    return found.of(qualify), found


def test_figures_are_those_of_won_deals():
    tell(company(ENOUGH))
    qualify, whole = norms(60)
    # 12 deals, 20 to 31 days in the stage; nine of ten, and the quickest tenth.
    assert (qualify.stage_days.value, qualify.stage_days.deals) == (30, ENOUGH)
    assert qualify.fast_days.value == 21
    assert qualify.onward_days.value == 10
    assert qualify.answer_days.value == 2
    assert qualify.people.value == 1
    assert qualify.power.value == 0
    assert qualify.power.learned
    assert (whole.pushes.value, whole.pushed_days.value) == (1, 10)
    # A pause counts where it ends: in Propose.
    assert not qualify.quiet_days.learned
    propose = next(stage for stage in whole.stages.values() if stage is not qualify)
    assert propose.quiet_days.value == 28
    assert propose.power.value == 1
    assert propose.people.value == 2


def test_with_too_few_the_defaults_stand():
    tell(company(ENOUGH - 1))
    qualify, whole = norms(60)
    assert qualify == signals.StageNorms()
    assert whole.pushes == signals.Norms().pushes


def test_what_was_won_or_learned_later_is_not_seen():
    tell(company(ENOUGH))
    # The last one is won on day 41.
    assert not norms(40.5)[0].stage_days.learned
    assert norms(41.5)[0].stage_days.learned
    assert not norms(41.5, known=40.5)[0].stage_days.learned


def test_deals_that_were_closed_when_they_came_teach_nothing():
    tell(company(ENOUGH - 1))
    tell([deal("old", 0, known=0, name="old", stage="won", status="won")])
    assert not norms(60)[0].stage_days.learned


def test_norms_are_kept_as_they_are():
    tell(company(ENOUGH))
    _, whole = norms(60)
    assert signals.from_body(signals.as_body(whole)) == whole
