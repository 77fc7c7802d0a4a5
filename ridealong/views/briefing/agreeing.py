"""What a leader and a salesperson agreed about the deals at risk: the guidance that is open."""

from __future__ import annotations

from collections.abc import Collection

from ridealong.record.pipeline import Pipeline
from ridealong.views import coaching
from ridealong.views.briefing.figures import Agreed
from ridealong.views.coaching import Followed
from ridealong.views.inspection.wording import day


def agreed(pipe: Pipeline, deals: Collection[int]) -> tuple[Agreed, ...]:
    """Return what was last agreed on each of these deals, as it stands.

    What was withdrawn, or overtaken, is no agreement any more.
    """
    if not deals:
        return ()
    newest: dict[int | None, Followed] = {}
    for outcome in coaching.followed(pipe, pipe.leading.guidance(deals=deals)):
        if outcome.outcome not in {"withdrawn", "overtaken"}:
            newest.setdefault(outcome.given.deal_id, outcome)
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    return tuple(
        Agreed(
            deal=deal,
            text=outcome.given.text,
            leader=names.get(outcome.given.leader_id or 0, ""),
            at=outcome.given.at,
            due=outcome.given.due,
            outcome=outcome.outcome,
            overdue=outcome.overdue,
        )
        for deal, outcome in newest.items()
        if deal is not None
    )


def agreed_words(agreed: Agreed) -> str:
    """Return an agreement in a line: what, until when, and what became of it."""
    until = f" (by {day(agreed.due)})" if agreed.due else ""
    became = {"followed": ", done", "not_followed": ", not done"}.get(agreed.outcome, "")
    late = ", past its day" if agreed.overdue else ""
    return f"{agreed.text.rstrip('.')}{until}{became}{late}"
