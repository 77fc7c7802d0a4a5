"""The labelled set: what ten salespeople wrote, said and were sent, and what it was about.

It is drawn from a seed, from how mail looks, and knows nothing of how the matching weighs it.
An activity is flagged as ambiguous where neither its conversation so far, nor the recorded
contacts, nor the salesperson tell two open deals of one company apart.
"""

from __future__ import annotations

import random

from bench.matching.companies import companies, deals
from bench.matching.everything import Everything
from bench.matching.labelled import Mailboxes

OWN = frozenset({"ridgeway.example"})


def mailboxes(seed: int = 1) -> Mailboxes:
    """Return the labelled set of a seed."""
    chance = random.Random(seed)
    customers = companies(chance)
    made = deals(chance, customers)
    writing = Everything(chance, customers, made)
    for deal in made:
        writing.about(deal)
    writing.without_deals()
    activities = sorted(writing.labelled, key=lambda each: (each.heard.at, each.heard.key))
    return Mailboxes([deal.candidate for deal in made], activities)
