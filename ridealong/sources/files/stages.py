"""What well-known names of stages mean, and in which order they stand."""

from __future__ import annotations

WON = {"won", "closed won", "closedwon", "gewonnen", "gagne", "ganado", "vinto", "win"}
LOST = {
    "lost",
    "closed lost",
    "closedlost",
    "verloren",
    "perdu",
    "perdido",
    "perso",
    "disqualified",
    "abandoned",
    "dead",
    "cancelled",
    "canceled",
    "rejected",
}
# Salesforce, HubSpot, Pipedrive and Odoo as they come, and common names between them.
ORDER = (
    "new", "lead", "lead in", "prospect", "prospecting", "contact made", "engaging", "appointment scheduled",
    "appointmentscheduled", "discovery", "discover", "qualify", "qualification", "qualified", "qualified to buy",
    "qualifiedtobuy", "needs defined", "needs analysis", "meeting arranged", "demo", "demo scheduled", "presentation scheduled",
    "presentationscheduled", "evaluate", "evaluation", "value proposition", "id decision makers",
    "decision maker bought in", "decisionmakerboughtin", "perception analysis", "proposition",
    "propose", "proposal", "proposal made", "proposal sent", "proposal price quote", "quote",
    "quote sent", "negotiate", "negotiation", "negotiations started", "negotiation review", "verbal",
    "contract", "contract sent", "contractsent", "legal", "commit",
)  # fmt: skip
_PLACES = {name: place * 10 for place, name in enumerate(ORDER)}
CLOSED_PLACE = {"won": 10_000, "lost": 10_010}


def status_of(plain: str) -> str:
    """Return what a stage's normal name means: won, lost or open."""
    if plain in WON or plain.endswith(" won"):
        return "won"
    return "lost" if plain in LOST or plain.endswith(" lost") else "open"


def position(plain: str, status: str, met: int) -> int:
    """Return where a stage stands: by vocabulary, else after those, in the order they are met."""
    if status != "open":
        return CLOSED_PLACE[status] + met
    return _PLACES.get(plain, 1000 + met * 10)
