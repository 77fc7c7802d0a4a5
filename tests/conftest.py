"""What every test has: the database cleaned up after it, installations, Hypothesis' profiles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from tests.support.database import flushing_past_guards
from tests.support.installation import Installation, Installer, installation
from tests.support.settling import settled
from tests.support.sharing import made_once

set_hypothesis_home_dir(Path(__file__).parent.parent / ".cache/hypothesis")
hypothesis.settings.register_profile(
    "quick",
    max_examples=50,
    # A shared machine may pause at any moment; how fast we are is for bench/ to say.
    deadline=None,
    # Database fixtures serve all examples of a property: see tests.support.database.rolled_back.
    suppress_health_check=[
        hypothesis.HealthCheck.function_scoped_fixture,
        hypothesis.HealthCheck.too_slow,
    ],
    # What failed once can be repeated anywhere.
    print_blob=True,
    # Whether a change may land is not a matter of luck; new examples are found by people's runs.
    derandomize=bool(os.environ.get("CI")),
)
# pytest --hypothesis-profile thorough
hypothesis.settings.register_profile(
    "thorough", hypothesis.settings.get_profile("quick"), max_examples=2000
)
hypothesis.settings.load_profile("quick")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let tests with real transactions be cleaned up after."""
    with flushing_past_guards():
        yield


@pytest.fixture(scope="session")
def unused() -> Installation:
    """An installation that is made and that nobody has used yet, for others to be copies of."""
    return made_once("unused", lambda made: made.run("source", "list"))


@pytest.fixture(scope="session")
def simulated() -> Installation:
    """One with the simulated company, for tests to copy; what its worker does first is done."""

    def make(made: Installation) -> None:
        made.run("demo", "--seed-only")
        settled(made)

    return made_once("simulated", make)


@pytest.fixture(scope="session")
def new_installation(tmp_path_factory: pytest.TempPathFactory, unused: Installation) -> Installer:
    """Return what makes an empty installation of its own, for as long as a block runs."""
    return lambda: installation(tmp_path_factory.mktemp("home"), like=unused)


@pytest.fixture(scope="session")
def new_simulation(tmp_path_factory: pytest.TempPathFactory, simulated: Installation) -> Installer:
    """Return what makes one with the simulated company, for as long as a block runs."""
    return lambda: installation(tmp_path_factory.mktemp("home"), like=simulated)


@pytest.fixture
def bare_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Provide a home with nothing in it, nor in the database, as before the first start."""
    with installation(tmp_path_factory.mktemp("home")) as bare:
        yield bare


@pytest.fixture
def empty_installation(new_installation: Installer) -> Iterator[Installation]:
    """Provide an installation that nobody has used yet."""
    with new_installation() as fresh:
        yield fresh


@pytest.fixture
def demo_installation(new_simulation: Installer) -> Iterator[Installation]:
    """Provide an installation with the simulated company."""
    with new_simulation() as found:
        yield found
