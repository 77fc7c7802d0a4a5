"""A company in which all that insights look for is plain to see."""

from __future__ import annotations

from collections.abc import Iterator

from ridealong.record.facts import Fact
from tests.record.telling import activity, deal, member, on, stages

SELLERS = ("ann", "ben", "cleo", "dan", "eve")
EACH = 30
END = 720.0
OPEN = "D-open"


def company() -> Iterator[Fact]:
    """Yield five sellers under lea, and bo elsewhere; a deal a week or so of each.

    Every second deal has met its economic buyer, followed its guidance, and was won; the others
    were lost. Ann's deals stay in Qualify for long.
    """
    yield Fact("organisation", "self", on(-30), {"currency": "EUR", "time_zone": "UTC"}, "org")
    yield from stages(Qualify="open", Propose="open", Won="won", Lost="lost")
    yield member("ona", role="owner")
    yield member("lea", "ona", role="leader")
    yield member("bo", role="salesperson")
    yield Fact("contact", "cfo", on(-30), {"name": "Eva Brandt"}, "contact:cfo")
    for number, seller in enumerate(SELLERS):
        yield member(seller, "lea", role="salesperson")
        for turn in range(EACH):
            yield from _deal(f"D{seller}{turn}", seller, turn * 14.0 + number, good=turn % 2 == 0)
    yield _began(OPEN, "ben", END - 30)


def _began(key: str, seller: str, day: float) -> Fact:
    return deal(
        key,
        day,
        known=day,
        name=f"Deal {key}",
        salesperson=seller,
        stage="Qualify",
        status="open",
        amount=str(1000 + day * 13 % 97),
        currency="EUR",
        contacts={"cfo": "economic_buyer"},
    )


def _deal(key: str, seller: str, day: float, *, good: bool) -> Iterator[Fact]:
    yield _began(key, seller, day)
    moved = day + (80 if seller == "ann" else 16)
    if good:
        yield activity(
            f"{key}-met", day + 2, kind="meeting", deal=key, member=seller, contacts=["cfo"]
        )
    yield deal(key, moved, known=moved, stage="Propose")
    said = {"leader": "lea", "salesperson": seller, "deal": key, "text": "Think it over."}
    given = moved + 1
    yield Fact("guidance", f"{key}-g", on(given), said, f"{key}-g", recorded_at=on(given))
    if good:
        done = {"outcome": "followed"}
        yield Fact(
            "guidance", f"{key}-g", on(given + 3), done, f"{key}-g2", recorded_at=on(given + 3)
        )
    end = moved + 30
    outcome = {"stage": "Won", "status": "won"} if good else {"stage": "Lost", "status": "lost"}
    yield deal(key, end, known=end, **outcome)
