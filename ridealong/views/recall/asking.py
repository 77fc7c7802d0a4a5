"""From facts to questions: how the deal is called, and what there is to choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from ridealong.record.naming import normal
from ridealong.record.states import DealState
from ridealong.views.recall.giving_away import first_safe, gives_away, telling
from ridealong.views.recall.questions import Kind, Matter, Point, Scene, kinds
from ridealong.views.recall.questions.kind import Form

WRONG = 3
"""So many wrong answers there are to choose from, where there are so many."""
LEAST_WRONG = 2
ALIKE = 80
"""Two answers as similar as that (of 100) may be one said twice: they are not both offered."""
Card = tuple[int, str]
"""A question over time: the deal's number and the question's name."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A fact that can be asked: the question in words, and the right answer.

    ``name``: the question's, the same for as long as it is asked of this deal.
    """

    card: Card
    kind: Kind
    deal: DealState
    country: str
    point: Point
    words: str
    answer: str

    @property
    def stands_on(self) -> str:
        """Digest of the right answer: another one means that the fact has changed."""
        return hashlib.blake2b(self.point.stands_on.encode(), digest_size=8).hexdigest()

    @property
    def told(self) -> str:
        """The whole of the right answer."""
        return self.point.told or self.answer


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is put. ``options``: what to choose from, the right one among them.

    ``form``: typed, chosen, graded; ``amount``: what is to be typed.
    """

    askable: Askable
    form: Form
    options: tuple[str, ...]
    amount: Decimal | None


def askable(scene: Scene, matters: Sequence[Matter]) -> Iterator[Askable]:
    """Yield what can be asked of these deals: never what its own wording would answer."""
    for matter in matters:
        calls = scene.calls.get(matter.deal.id, ())
        if not calls:
            continue
        for kind in kinds().values():
            one = _askable(scene, matter, kind, calls)
            if one is not None:
                yield one


def _askable(scene: Scene, matter: Matter, kind: Kind, calls: Sequence[str]) -> Askable | None:
    point = kind.find(matter, scene)
    while point is not None:
        found = _worded(point, calls)
        if found is not None:
            name = f"{kind.name}@{point.variant}" if point.variant else kind.name
            card = (matter.deal.id, name)
            country = scene.countries.get(matter.deal.id, "")
            one = Askable(card, kind, matter.deal, country, point, *found)
            if point.otherwise is None or len(_wrong(one, point.others or ())) >= LEAST_WRONG:
                return one
        point = point.otherwise
    return None


def _worded(point: Point, calls: Sequence[str]) -> tuple[str, str] | None:
    """Return the question and its answer in words; None where the one gives the other away."""
    if "{deal}" not in point.words:
        found = first_safe([point.words], point.answers)
    else:
        found = first_safe(calls, point.answers)
    if found is None:
        return None
    return point.words.replace("{deal}", found[0]), found[1]


def put(one: Askable, others: Mapping[str, Sequence[Askable]], *, seed: str) -> Question:
    """Put a question; ``others``: what else can be asked, by kind.

    Where there is too little to choose from, one says the answer to oneself. ``seed``: with another
    one there is other to choose from, in another order.
    """
    point = one.point
    if point.form != "chosen":
        return Question(one, point.form, (), point.amount)
    if point.others is None:
        offered = list(_said_of_others(one, others.get(one.kind.name, ()), seed))
    else:
        offered = list(point.others)
    wrong = _wrong(one, offered)
    if len(wrong) < LEAST_WRONG:
        return Question(one, "graded", (), None)
    options = sorted([one.answer, *wrong], key=lambda words: _chance(seed, one, words))
    return Question(one, "chosen", tuple(options), None)


def _said_of_others(one: Askable, others: Sequence[Askable], seed: str) -> Iterator[str]:
    """Yield the answers on other companies' deals that do not say of which.

    Those of the same country first: a name would else give itself away by its language.
    """
    company = normal(one.deal.company)

    def order(other: Askable) -> tuple[bool, bytes]:
        return other.country != one.country, _chance(seed, one, other.answer)

    for other in sorted(others, key=order):
        if other.deal.id == one.deal.id or (company and normal(other.deal.company) == company):
            continue
        if not gives_away(f"{other.deal.name} {other.deal.company}", other.answer):
            yield other.answer


def _wrong(one: Askable, offered: Sequence[str]) -> list[str]:
    """Return wrong answers, none of which may be right as well, or be taken for another."""
    chosen: list[str] = []
    right = {normal(words) for words in one.point.true_too} | {normal(one.answer)}
    for words in dict.fromkeys(offered):
        if normal(words) in right or not telling(words) or gives_away(one.words, words):
            continue
        if any(_alike(words, other) for other in (one.answer, *chosen)):
            continue
        chosen.append(words)
        if len(chosen) == WRONG:
            break
    return chosen


def _alike(one: str, other: str) -> bool:
    # Days and amounts look alike, and are plainly not the same.
    if _figures(one) != _figures(other):
        return False
    return fuzz.token_set_ratio(normal(one), normal(other)) >= ALIKE


def _figures(words: str) -> list[str]:
    return [part for part in normal(words).split() if part.isdigit()]


def _chance(seed: str, one: Askable, words: str) -> bytes:
    text = f"{seed}:{one.card}:{words}"
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
