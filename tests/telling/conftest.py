"""Mail by a real server, and a rule whose signals cannot wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine

from ridealong.jobs.working import carry_waiting
from ridealong.telling import scheduling
from ridealong.views.signals.rulebook import rules
from tests.faces.mail.conftest import set_up_mail
from tests.support.smtp import Post, mail_server
from tests.telling.company import RULE, workday

Clock = time_machine.Traveller


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """A mail server, and the settings to send by it."""
    made = Post()
    with mail_server(made) as port:
        set_up_mail(settings, port)
        settings.RIDEALONG_ADDRESS = "https://ride.example/"
        yield made


@pytest.fixture
def now() -> Iterator[Clock]:
    """A clock that stands still at noon of a working day until a test moves it."""
    with time_machine.travel(workday(12), tick=False) as traveller:
        yield traveller


@pytest.fixture
def urgent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a rule's signals be such as cannot wait."""
    monkeypatch.setattr(type(rules()[RULE]), "urgent", True)


@pytest.fixture
def tick() -> Callable[[], None]:
    """Return what a worker does every few seconds."""

    def work() -> None:
        scheduling.start_due()
        carry_waiting()

    return work
