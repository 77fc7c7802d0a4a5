"""Work in the queue: done once, tried again, taken up by another when its process is gone."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from ridealong.jobs import starting
from ridealong.jobs.carrying import ATTEMPTS, carry, ending
from ridealong.jobs.models import SILENT, Run
from ridealong.jobs.working import carry_waiting, work
from ridealong.lib import clock
from ridealong.lib.again import Interrupted, Refused, TryAgain
from ridealong.record.progress import Progress, Watch

pytestmark = pytest.mark.django_db(transaction=True)
DONE: list[str] = []


def fine(run: Run, watch: Watch) -> dict[str, int]:
    watch(Progress("counting", 1, 2))
    DONE.append(run.subject)
    return {"counted": 2}


def busy(run: Run, watch: Watch) -> dict[str, int]:
    raise TryAgain("Acme is busy.", after=timedelta(minutes=10))


def wrong(run: Run, watch: Watch) -> dict[str, int]:
    raise Refused("Acme does not accept the password.")


def broken(run: Run, watch: Watch) -> dict[str, int]:
    raise ZeroDivisionError("by nothing")


def cut(run: Run, watch: Watch) -> dict[str, int]:
    raise Interrupted


def slow(run: Run, watch: Watch) -> dict[str, int]:
    ending.wait(20)
    DONE.append(run.subject)
    return {}


def last(run: Run, watch: Watch) -> dict[str, int]:
    DONE.append(run.subject)
    ending.set()
    return {}


@pytest.fixture(autouse=True)
def kinds(settings):
    DONE.clear()
    kinds = (fine, busy, wrong, broken, cut, slow, last)
    settings.RIDEALONG_WORK = {f.__name__: f"{__name__}.{f.__name__}" for f in kinds}
    settings.RIDEALONG_LONG_WORK = {"slow"}
    settings.RIDEALONG_TICKS = []


@pytest.fixture
def handlers():
    """A worker takes these for itself."""
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(each) for each in wanted]
    yield
    for each, handler in zip(wanted, before, strict=True):
        signal.signal(each, handler)
    ending.clear()


def test_what_is_started_is_done_and_says_what_came_of_it():
    run = starting.start("fine", subject="a")
    assert run.state == Run.State.WAITING
    carry_waiting()
    run.refresh_from_db()
    assert (run.state, run.report, run.error) == (Run.State.DONE, {"counted": 2}, "")
    assert run.ended_at is not None
    assert DONE == ["a"]


def test_of_one_subject_only_one_waits_or_runs():
    first = starting.start("fine", subject="a")
    assert starting.start("fine", subject="a").pk == first.pk
    assert starting.start("fine", subject="b").pk != first.pk
    carry_waiting()
    assert sorted(DONE) == ["a", "b"]
    assert starting.start("fine", subject="a").pk != first.pk


def test_what_may_pass_is_tried_again_not_sooner_than_asked():
    run = starting.start("busy")
    carry_waiting()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.error) == (Run.State.WAITING, 1, "Acme is busy.")
    assert run.due_at > clock.now() + timedelta(minutes=9)
    carry_waiting()
    run.refresh_from_db()
    assert run.attempts == 1


def test_a_schedule_does_not_hurry_what_waits_and_a_person_does():
    run = starting.start("busy", subject="a")
    carry_waiting()
    for _ in range(3):
        starting.start("busy", subject="a")
        carry_waiting()
    run.refresh_from_db()
    assert run.attempts == 1
    starting.start("busy", subject="a", hurry=True)
    carry_waiting()
    run.refresh_from_db()
    assert run.attempts == 2


def test_what_failed_for_good_is_let_be_for_a_while():
    starting.start("broken", subject="a")
    assert not starting.failed_lately("a")
    carry_waiting()
    assert starting.failed_lately("a")
    with time_machine.travel(clock.now() + starting.FAILED_REST, tick=False):
        assert not starting.failed_lately("a")


def test_the_wait_doubles_and_at_last_it_has_failed():
    run = starting.start("busy")
    waits = []
    with time_machine.travel(clock.now(), tick=False) as now:
        for _ in range(ATTEMPTS):
            carry_waiting()
            run.refresh_from_db()
            waits.append(run.due_at - clock.now())
            now.move_to(run.due_at)
    assert run.state == Run.State.FAILED
    assert waits[5] == timedelta(seconds=30) * 2**5
    starting.begin(run)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (Run.State.WAITING, 0)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("wrong", "Acme does not accept the password."), ("broken", "ZeroDivisionError: by nothing")],
)
def test_what_will_not_pass_has_failed_at_once(kind, said):
    run = starting.start(kind)
    carry_waiting()
    run.refresh_from_db()
    assert (run.state, run.error) == (Run.State.FAILED, said)


def test_being_interrupted_is_no_attempt():
    run = starting.start("cut")
    carry.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.error) == (Run.State.WAITING, 0, "")


def test_a_run_whose_process_is_gone_is_taken_up_again_and_a_living_one_is_not():
    gone = starting.start("fine", subject="gone")
    alive = starting.start("fine", subject="alive")
    DBTaskResult.objects.all().delete()
    Run.objects.update(state=Run.State.RUNNING, lease="x")
    Run.objects.filter(pk=gone.pk).update(heard_at=clock.now() - 2 * SILENT)
    assert starting.revive() == 1
    carry_waiting()
    assert DONE == ["gone"]
    alive.refresh_from_db()
    assert alive.state == Run.State.RUNNING


def test_a_run_that_the_queue_forgot_is_put_back():
    run = starting.start("fine", subject="a")
    DBTaskResult.objects.all().delete()
    Run.objects.filter(pk=run.pk).update(heard_at=clock.now() - 2 * SILENT)
    starting.revive()
    carry_waiting()
    assert DONE == ["a"]


def test_a_process_that_lost_its_run_writes_no_more_of_it(settings):
    run = starting.start("fine", subject="a")
    settings.RIDEALONG_WORK = {"fine": f"{__name__}.stolen"}
    carry_waiting()
    run.refresh_from_db()
    assert (run.state, run.lease, run.report) == (Run.State.RUNNING, "another", None)


def stolen(run: Run, watch: Watch) -> dict[str, int]:
    Run.objects.filter(pk=run.pk).update(lease="another")
    return {"counted": 3}


@pytest.mark.usefixtures("handlers")
def test_what_takes_minutes_never_takes_all_of_a_worker():
    for subject in ("fit", "try"):
        starting.start("slow", subject=subject)
    starting.start("last", subject="mail")
    work(at_once=2)
    assert DONE[0] == "mail"
