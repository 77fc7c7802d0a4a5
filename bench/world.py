"""A large company, simulated, as the files that a CRM exports; one seed, one company."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

STAGES = ("Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review")
KINDS = ("Email", "Call", "Meeting", "Task")
WORDS = (
    *("harbour", "rollout", "renewal", "platform", "audit", "storage", "fleet", "north", "south"),
    *("pilot", "support", "extension", "upgrade", "warehouse", "line", "press", "cooling"),
    *("sensor", "network", "licence", "service", "pump", "valve", "turbine"),
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything. One deal in five is open."""

    deals: int = 100_000
    history: int = 1_000_000
    activities: int = 1_000_000
    salespeople: int = 200
    companies: int = 20_000


@dataclass(frozen=True, slots=True)
class World:
    """Where the files are, and how many rows they have in all."""

    files: tuple[Path, ...]
    rows: int


def written(folder: Path, size: Size, now: datetime, seed: int = 11) -> World:
    """Write the company's files into ``folder``; ``now`` ends its history."""
    dice = random.Random(seed)
    deals = list(_deals(dice, size, now))
    tables = {
        "members.csv": (("Name", "Email", "Manager", "Role"), _members(size)),
        "opportunities.csv": (
            (
                "Opportunity ID",
                "Opportunity Name",
                "Account Name",
                "Opportunity Owner",
                "Stage",
                "Amount",
                "Close Date",
                "Created Date",
                "Forecast Category",
                "Next Step",
            ),
            (_snapshot(deal) for deal in deals),
        ),
        "opportunity_history.csv": (
            ("Opportunity ID", "Field", "Old Value", "New Value", "Edit Date"),
            _history(dice, size, deals, now),
        ),
        "activities.csv": (
            ("Activity ID", "Opportunity ID", "Type", "Subject", "Date", "Assigned To"),
            _activities(dice, size, deals, now),
        ),
    }
    rows = sum(_write(folder / name, head, lines) for name, (head, lines) in tables.items())
    return World(tuple(folder / name for name in tables), rows)


@dataclass(frozen=True, slots=True)
class Deal:
    """One simulated deal; ``stage`` is the last one."""

    key: str
    name: str
    company: str
    owner: str
    stage: str
    amount: int
    close: datetime
    created: datetime
    category: str


def _owner(number: int) -> str:
    return f"Robin Seller{number:03}"


def _members(size: Size) -> Iterator[tuple[str, ...]]:
    leaders = max(1, size.salespeople // 10)
    yield ("Olu Owner", "owner@bench.example", "", "owner")
    for number in range(leaders):
        yield (f"Lee Leader{number:02}", f"leader{number}@bench.example", "Olu Owner", "leader")
    for number in range(size.salespeople):
        manager = f"Lee Leader{number % leaders:02}"
        yield (_owner(number), f"seller{number}@bench.example", manager, "salesperson")


def _deals(dice: random.Random, size: Size, now: datetime) -> Iterator[Deal]:
    for number in range(size.deals):
        is_open = number % 5 == 0
        age = dice.randrange(5, 120) if is_open else dice.randrange(130, 1000)
        created = now - age * DAY - timedelta(seconds=dice.randrange(86_400))
        ended = now + dice.randrange(1, 90) * DAY if is_open else created + 90 * DAY
        closed = "Closed Won" if dice.random() < 0.3 else "Closed Lost"
        yield Deal(
            key=f"006{number:012}",
            name=f"{dice.choice(WORDS).title()} {dice.choice(WORDS)} {dice.choice(WORDS)}",
            company=f"{dice.choice(WORDS).title()} {number % size.companies} GmbH",
            owner=_owner(dice.randrange(size.salespeople)),
            stage=dice.choice(STAGES) if is_open else closed,
            amount=dice.randrange(2_000, 400_000),
            close=ended,
            created=created,
            category="Pipeline" if is_open else "Closed",
        )


def _snapshot(deal: Deal) -> tuple[object, ...]:
    step = "Send the proposal" if deal.category == "Pipeline" and deal.amount % 3 else ""
    return (
        deal.key,
        deal.name,
        deal.company,
        deal.owner,
        deal.stage,
        deal.amount,
        f"{deal.close:%Y-%m-%d}",
        deal.created.isoformat(),
        deal.category,
        step,
    )


def _history(
    dice: random.Random, size: Size, deals: list[Deal], now: datetime
) -> Iterator[tuple[object, ...]]:
    """Changes in order of time, as an export has them: each deal's are far apart."""
    # An open deal is younger than a closed one was in the end, so that less has happened to it.
    young = 4
    old = (5 * size.history // len(deals) - young) // 4
    lines: list[tuple[datetime, str, str, object, object]] = []
    for deal in deals:
        end = min(deal.close, now)
        moments = sorted(
            deal.created + (end - deal.created) * dice.random()
            for _ in range(young if deal.category == "Pipeline" else old)
        )
        stage, amount = STAGES[0], deal.amount
        for place, moment in enumerate(moments):
            # The last changes lead to what the export of the deals says.
            ends = place >= len(moments) - 2
            if place % 2:
                worth, amount = amount, deal.amount if ends else dice.randrange(2_000, 400_000)
                lines.append((moment, deal.key, "Amount", worth, amount))
            else:
                is_last = ends and deal.stage in STAGES
                left, stage = stage, deal.stage if is_last else dice.choice(STAGES)
                lines.append((moment, deal.key, "Stage", left, stage))
    lines.sort()
    for moment, key, field, before, after in lines:
        yield key, field, before, after, moment.isoformat(timespec="seconds")


def _activities(
    dice: random.Random, size: Size, deals: list[Deal], now: datetime
) -> Iterator[tuple[object, ...]]:
    for number in range(size.activities):
        deal = deals[dice.randrange(len(deals))]
        at = deal.created + (min(deal.close, now) - deal.created) * dice.random()
        title = f"{dice.choice(WORDS).title()} {dice.choice(WORDS)}"
        moment = at.isoformat(timespec="seconds")
        yield f"00T{number:012}", deal.key, dice.choice(KINDS), title, moment, deal.owner


def _write(path: Path, head: Iterable[str], lines: Iterable[Iterable[object]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count


def today() -> datetime:
    """Return yesterday's morning: the history's end, whenever it runs, is in the past."""
    return (datetime.now(tz=UTC) - timedelta(days=1)).replace(
        hour=7, minute=0, second=0, microsecond=0
    )
