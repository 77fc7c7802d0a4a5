"""Questions of a company, and what must hold of any of them, worked out from other sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState, Member
from ridealong.views import recall
from ridealong.views.recall import Question
from ridealong.views.recall.asking import put

FRAME = frozenset(
    """who decides on is our champion what the next step when thing in calendar for worth which
    stage month to close of these this changed since last brief seven days why stuck was agreed
    buyer word did say other offers s monday tuesday wednesday thursday friday saturday
    sunday""".split()  # noqa: SIM905  words as in a sentence
)
"""What questions themselves say, whatever deal they are about."""
JOINING = frozenset(
    """a an and at by de del der des deal die do du el en et has it its la le or their they und van
    von we with x y are as from""".split()  # noqa: SIM905
)
"""What joins words, and no more."""


@lru_cache(maxsize=10_000)
def words_of(text: str) -> tuple[str, ...]:
    """Split a text into words and figures, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", bare))


def every_question(pipe: Pipeline, member: Member, seed: str = "x") -> list[Question]:
    """Put every question that could be asked of a member."""
    found = recall.study(pipe, member)
    by_kind: dict[str, list[recall.Askable]] = {}
    for one in found.askables:
        by_kind.setdefault(one.kind.name, []).append(one)
    return [put(one, by_kind, seed=seed) for one in found.askables]


def options_are_plain(question: Question) -> None:
    """Hold that a chosen answer has just one right option, and no two that look the same."""
    if question.form != "chosen":
        assert not question.options
        assert "these" not in words_of(question.askable.words)
        return
    assert 3 <= len(question.options) <= 4
    assert question.options.count(question.askable.answer) == 1
    said = [words_of(option) for option in question.options]
    assert len(set(said)) == len(said), question.options


def wording_tells_nothing(question: Question) -> None:
    """Hold that no word of the right answer stands in the question."""
    one = question.askable
    asked = set(words_of(one.words)) - FRAME - JOINING
    assert not asked & (set(words_of(one.answer)) - JOINING), (one.words, one.answer)
    assert one.answer.strip()


def means_one_deal(question: Question, open_deals: Iterable[DealState]) -> None:
    """Hold that what the deal is called means no other open deal."""
    one = question.askable
    if one.point.words == one.words:
        return  # it names no deal
    before, after = one.point.words.split("{deal}")
    called = words_of(one.words.removeprefix(before).removesuffix(after))
    meant = [d for d in open_deals if called in list(_names(d))]
    assert [d.id for d in meant] == [one.deal.id], (one.words, [d.name for d in meant])


def _names(deal: DealState) -> Iterable[tuple[str, ...]]:
    for name in (
        deal.name,
        f"{deal.name} {deal.company}",
        deal.company,
        f"{deal.company}, {deal.salesperson}’s deal",
    ):
        yield words_of(name)


def one_right(question: Question, deals: Sequence[DealState]) -> None:
    """Hold, of what the deals themselves say, that the right option is so and no other is."""
    one = question.askable
    deal = next(d for d in deals if d.id == one.deal.id)
    name = one.kind.name
    if name == "stage":
        assert one.answer == deal.stage
        assert all(o != deal.stage for o in question.options if o != one.answer)
    elif name == "next_step":
        step = words_of(deal.next_step)
        assert [words_of(o) for o in question.options or [one.answer]].count(step) == 1
        assert words_of(one.answer) == step
    elif name == "amount":
        assert question.amount == deal.amount
    elif name == "closes" and deal.close_date is not None:
        if one.words == one.point.words:
            month = (deal.close_date.year, deal.close_date.month)
            right = [o for o in question.options if month in _months_of(o, deals)]
            assert right == [one.answer], (right, question, month)
        else:
            assert one.answer == f"{deal.close_date:%B %Y}"


def _months_of(called: str, deals: Sequence[DealState]) -> set[tuple[int, int]]:
    meant = [d for d in deals if words_of(called) in list(_names(d))]
    assert len(meant) == 1, called
    return {(d.close_date.year, d.close_date.month) for d in meant if d.close_date}


def all_holds(pipe: Pipeline, member: Member) -> int:
    """Hold everything of every question; return how many there are."""
    deals = pipe.open_deals(Criteria())
    questions = every_question(pipe, member)
    for question in questions:
        options_are_plain(question)
        wording_tells_nothing(question)
        means_one_deal(question, deals)
        one_right(question, deals)
        one = question.askable
        assert one.deal in deals
    cards = [question.askable.card for question in questions]
    assert len(set(cards)) == len(cards)
    return len(questions)
