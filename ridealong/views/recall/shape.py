"""Questions as JSON: what a browser needs to go on asking without us."""

from __future__ import annotations

from typing import Any

from ridealong.views.recall.drilling import Item


def item_shape(item: Item) -> dict[str, Any]:
    """Return a question with its answer: ``right`` is the place of the right option, or None."""
    question = item.question
    one = question.askable
    return {
        "deal": one.deal.id,
        "name": one.card[1],
        "state": item.state,
        "before": item.before,
        "words": one.words,
        "form": question.form,
        "options": list(question.options),
        "right": question.options.index(one.answer) if question.options else None,
        "answer": one.answer,
        "told": one.told,
        "amount": None if question.amount is None else float(question.amount),
        "called": one.deal.name,
        "company": one.deal.company,
        "place": one.point.place,
    }
