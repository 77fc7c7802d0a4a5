"""Coaching: who spoke with whom about what, guidance and what came of it. The door of this view."""

from ridealong.views.coaching.agenda import NATURE_OF, Agenda, Item, ItemKind, agenda
from ridealong.views.coaching.cadence import once_each
from ridealong.views.coaching.day import Day, day
from ridealong.views.coaching.following import (
    Evidence,
    Followed,
    GuidanceCount,
    counted,
    followed,
)
from ridealong.views.coaching.ledger import Cadence, Ledger, leaders, ledger, ledgers
from ridealong.views.coaching.measuring import KINDS, Measure
from ridealong.views.coaching.offering import (
    colleagues,
    guessed,
    natures,
    on_record,
    open_deals,
    otherwise,
    unconfirmed,
)
from ridealong.views.coaching.person import (
    Coaching,
    Part,
    Portrait,
    Spoken,
    people,
    portrait,
    talks_of,
)
from ridealong.views.coaching.shape import (
    cadence_shape,
    followed_shape,
    guidance_shape,
    ledgers_shape,
)
from ridealong.views.coaching.telling import Told, about_deal, by_week, told
from ridealong.views.coaching.whom import Suggestion, Whom, whom

__all__ = [
    "KINDS",
    "NATURE_OF",
    "Agenda",
    "Cadence",
    "Coaching",
    "Day",
    "Evidence",
    "Followed",
    "GuidanceCount",
    "Item",
    "ItemKind",
    "Ledger",
    "Measure",
    "Part",
    "Portrait",
    "Spoken",
    "Suggestion",
    "Told",
    "Whom",
    "about_deal",
    "agenda",
    "by_week",
    "cadence_shape",
    "colleagues",
    "counted",
    "day",
    "followed",
    "followed_shape",
    "guessed",
    "guidance_shape",
    "leaders",
    "ledger",
    "ledgers",
    "ledgers_shape",
    "natures",
    "on_record",
    "once_each",
    "open_deals",
    "otherwise",
    "people",
    "portrait",
    "talks_of",
    "told",
    "unconfirmed",
    "whom",
]
