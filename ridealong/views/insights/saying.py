"""What insights say: claims of what was seen, never of what caused it.

Nothing here was tried on purpose, on some deals and not on others drawn by lot. So no sentence says
that one thing led to another, only that it went with it, among deals alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ridealong.insight.landmarks import ACTED_IN, ON_WITHIN, SETTLED_IN, WON_WITHIN
from ridealong.views.inspection.wording import span


@dataclass(frozen=True, slots=True)
class Words:
    """Of one thing a deal may have: how it is said that it has it, lacks it, and what to do."""

    having: str
    lacking: str
    to_do: str


HAVING = {
    "decider": Words(
        "on which whoever has the money had taken part in a talk",
        "Nobody who has the money has taken part in a talk",
        "Ask your contact for a meeting with whoever has the money.",
    ),
    "several": Words(
        "on which three or more of the buyer’s people had taken part",
        "Fewer than three of the buyer’s people have taken part",
        "Ask your contact who else has to agree, and bring them in.",
    ),
    "met": Words(
        "with a meeting held in the stage",
        "No meeting with the buyer was held since it came to this stage",
        "Book a meeting with the buyer.",
    ),
    "heard": Words(
        "whose buyer had been in touch in the last two weeks",
        "The buyer has not been in touch for two weeks",
        "Call the buyer.",
    ),
    "wrote": Words(
        "whose buyer had written in the last two weeks",
        "The buyer has not written for two weeks",
        "Ask the buyer something that they want to answer.",
    ),
    "next_step": Words(
        "with an agreed next step",
        "No next step is agreed",
        "Agree on the next step with the buyer.",
    ),
    "date_kept": Words(
        "whose close date had never been pushed",
        "Its close date was pushed",
        "Ask the buyer for their own dates, and what has to happen before them.",
    ),
    "discussed": Words(
        "which leader and salesperson had spoken about in the stage",
        "Leader and salesperson have not spoken about it since it came to this stage",
        "Put it on the next 1:1.",
    ),
}
AIMS = {
    "": "",
    "meet": " to meet the buyer",
    "phone": " to call the buyer",
    "write": " to write to the buyer",
    "widen": " to bring in more of the buyer’s people",
    "date": " to set the close date right",
    "amount": " to look at the amount again",
}
KINDS = {
    "deal": "What won deals had",
    "salesperson": "Where deals stall",
    "leading": "What followed on guidance",
}
SETTLED, WON, ON, WITHIN = (
    span(timedelta(days=length)) for length in (SETTLED_IN, WON_WITHIN, ON_WITHIN, ACTED_IN)
)


def deals_claim(name: str) -> str:
    """Return the claim about what deals had that were won more often."""
    having = HAVING[name].having
    return (
        f"Deals {having} {SETTLED} after they came to a stage were won within {WON} more "
        "often than deals like them without that."
    )


def person_claim(person: str, stage: str) -> str:
    """Return the claim about where a salesperson's deals stall."""
    return (
        f"Out of {stage}, {person}’s deals go on within {ON} less often than deals like them "
        "of the rest of the team."
    )


def guidance_claim(aim: str) -> str:
    """Return the claim about what followed after guidance was followed."""
    return (
        f"Where guidance{AIMS[aim]} was followed within {WITHIN}, deals went on within {ON} "
        "more often than deals like them where it was not."
    )


def points(effect: float) -> str:
    """Return a difference of shares in words: “14 points”."""
    number = round(abs(effect) * 100)
    return "1 point" if number == 1 else f"{number} points"


def beside(kind: str, effect: float, low: float, high: float) -> str:
    """Return how large a difference likely is: “likely 14 points more, with 95% from 3 to 25”.

    Shares differ by one at most, so bounds beyond are not said.
    """
    more = "less" if kind == "salesperson" else "more"
    bounds = [round(max(-1.0, min(1.0, each)) * 100) for each in (low, high)]
    return (
        f"among deals alike likely {points(effect)} {more}, "
        f"with 95% from {bounds[0]} to {bounds[1]}"
    )
