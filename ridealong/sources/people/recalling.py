"""What a member answered from memory. Sent again, also late and twice, it is kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact
from ridealong.record.states import Member
from ridealong.sources.people.speaking import PEOPLE, unsay


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. ``id``: its own, made where it was given; ``at`` None: now; ``deal``: key.

    The rest is as in the record's vocabulary.
    """

    id: str
    at: datetime | None
    deal: str
    question: str
    stands_on: str
    words: str
    rating: int


def keep(answers: Sequence[Given], *, by: Member) -> None:
    """Keep answers, but for those whose id was kept or taken back before. Raises ``InvalidFact``.

    One that is said to be of the future is of now.
    """
    now = clock.now()
    known = directory.known("recall", [_key(each.id, by) for each in answers])
    writer.append(
        PEOPLE,
        [
            Fact("recall", key, min(each.at or now, now), _changes(each, by), key)
            for each in answers
            if (key := _key(each.id, by)) not in known
        ],
    )


def take_back(id: str, *, by: Member) -> None:  # noqa: A002  the answer's own word
    """Take an answer back: it was never given. Nor is it if it arrives only after this."""
    key = _key(id, by)
    unsay("recall", key, key)


def _key(id: str, by: Member) -> str:  # noqa: A002
    # With whose it is in it: nobody takes back what somebody else answered.
    return f"recall:{id}:{by.key}"[:255]


def _changes(given: Given, by: Member) -> dict[str, object]:
    return {
        "member": by.key,
        "deal": given.deal,
        "question": given.question,
        "stands_on": given.stands_on,
        "words": given.words,
        "rating": given.rating,
    }
