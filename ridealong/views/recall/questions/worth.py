"""What a deal is worth, and where it stands."""

from __future__ import annotations

from ridealong.views.inspection.wording import money
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene


def amount(matter: Matter, _: Scene) -> Point | None:
    """Its amount, to be typed, roughly."""
    deal = matter.deal
    if not deal.amount:
        return None
    words = money(deal.amount, deal.currency)
    return Point(
        words=f"What is {{deal}} worth, in {deal.currency}?",
        answers=(words,),
        stands_on=words,
        form="typed",
        amount=deal.amount,
    )


def stage(matter: Matter, scene: Scene) -> Point | None:
    """Its stage, among those next to it."""
    deal = matter.deal
    if not deal.stage:
        return None
    nearest = sorted(
        (each for each in scene.stages if each.status == "open" and each.id != deal.stage_id),
        key=lambda each: (abs(each.position - deal.stage_position), each.position),
    )
    return Point(
        words="In which stage is {deal}?",
        answers=(deal.stage,),
        stands_on=deal.stage,
        others=[each.name for each in nearest],
    )


QUESTIONS = (
    Kind("amount", amount, asked=0.8, essential=True),
    Kind("stage", stage, asked=0.7, essential=True),
)
