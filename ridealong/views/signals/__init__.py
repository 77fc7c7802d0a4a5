"""What is to be noticed about deals: rules, what is normal, and what stands."""

from ridealong.views.signals.backtesting import Trial, backtest, trial_shape
from ridealong.views.signals.choosing import Choice
from ridealong.views.signals.judging import Verdict, judge, switched_on, values_of
from ridealong.views.signals.learning import learn
from ridealong.views.signals.news import (
    TOPICS,
    DealNews,
    Item,
    News,
    Part,
    Topic,
    concerning,
    news,
    sorted_by_deal,
    with_deals,
)
from ridealong.views.signals.norms import (
    Norm,
    Norms,
    StageNorms,
    as_body,
    from_body,
    week_begins,
    week_of,
)
from ridealong.views.signals.noticing import Noticing, Pace, Reaction, noticing, pace
from ridealong.views.signals.previewing import Preview, preview, preview_from, preview_shape
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.rulebook import edition, rules
from ridealong.views.signals.showing import (
    Mark,
    Notice,
    RuleCount,
    counted,
    marks,
    notices,
    past,
    put_away,
    version,
)
from ridealong.views.signals.sparing import Dismissal, Offer, dismissals, offer

__all__ = [
    "TOPICS",
    "Choice",
    "DealNews",
    "Dismissal",
    "Evidence",
    "Found",
    "Item",
    "Mark",
    "News",
    "Norm",
    "Norms",
    "Notice",
    "Noticing",
    "Offer",
    "Pace",
    "Part",
    "Preview",
    "Reaction",
    "Rule",
    "RuleCount",
    "Setting",
    "StageNorms",
    "Topic",
    "Trial",
    "Values",
    "Verdict",
    "as_body",
    "backtest",
    "concerning",
    "counted",
    "dismissals",
    "edition",
    "from_body",
    "judge",
    "learn",
    "marks",
    "news",
    "notices",
    "noticing",
    "offer",
    "pace",
    "past",
    "preview",
    "preview_from",
    "preview_shape",
    "put_away",
    "rules",
    "sorted_by_deal",
    "switched_on",
    "trial_shape",
    "values_of",
    "version",
    "week_begins",
    "week_of",
    "with_deals",
]
